//! A test of this program in a process of its own: what is read once in a process, or measured of one.

use std::time::Duration;

/// The variable that says where to call; without it a test is no child, but the parent of one.
const ENDPOINT: &str = "TEST_ENDPOINT";

/// Runs a test with these variables and gives what it prints.
pub async fn run(test: &str, endpoint: &str, variables: &[(&str, &str)]) -> String {
    let mut command = tokio::process::Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", test, "--nocapture"]).env(ENDPOINT, endpoint).kill_on_drop(true);
    for name in ["http_proxy", "https_proxy", "all_proxy", "no_proxy"] {
        command.env_remove(name).env_remove(name.to_uppercase());
    }
    command.envs(variables.iter().copied());
    let output = tokio::time::timeout(Duration::from_secs(60), command.output()).await.unwrap().unwrap();
    let (said, complaint) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && said.contains("1 passed"), "{test}: {said}{complaint}");
    format!("{said}{complaint}")
}

/// Within a child: where to call.
pub fn endpoint() -> Option<String> {
    std::env::var(ENDPOINT).ok()
}
