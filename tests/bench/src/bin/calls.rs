//! Calls as fast as they go: `calls KIND COUNT SERVER`, where SERVER is the process that answers at the endpoint in the
//! environment. Prints calls a second, processor time a call of this process and of the server, and the memory of both
//! after 1,000 calls and at the end.
//!
//! Kinds: `async` makes 64 calls at a time with the generated client, `blocking` one after the other, `threads` 8 at a time
//! with the blocking client; `reqwest` is the limit: 64 requests at a time, not signed, answers not read as JSON.

use alibabacloud_dts::runtime::client::env;
use alibabacloud_dts::{Client, blocking};
use std::error::Error;
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

type Failure = Box<dyn Error + Send + Sync>;

/// Calls at the same time.
const TASKS: usize = 64;
/// Threads of the blocking client.
const THREADS: usize = 8;
/// Memory is looked at first after so many calls: by then every connection and buffer is there.
const WARM: usize = 1_000;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [kind, count, server] = &arguments[..] else {
        return Err("usage: calls async|blocking|threads|reqwest COUNT SERVER".into());
    };
    let (count, server): (usize, u32) = (count.parse()?, server.parse()?);
    let caller = Caller::new(kind)?;
    caller.call(WARM.min(count))?;
    let own = std::process::id();
    let warm = (memory(own)?, memory(server)?);
    let (before, begun) = ((time(own)?, time(server)?), Instant::now());
    let rest = count.saturating_sub(WARM).max(1);
    caller.call(rest)?;
    let (after, took) = ((time(own)?, time(server)?), begun.elapsed());
    let each = |before: Duration, after: Duration| (after - before).as_secs_f64() * 1e6 / rest as f64;
    println!(
        "{:.0} {:.1} {:.1} {} {} {} {}",
        rest as f64 / took.as_secs_f64(),
        each(before.0, after.0),
        each(before.1, after.1),
        warm.0,
        memory(own)?,
        warm.1,
        memory(server)?,
    );
    Ok(())
}

/// Who calls.
enum Caller {
    Async(tokio::runtime::Runtime, Client),
    Blocking(blocking::Client, usize),
    Reqwest(tokio::runtime::Runtime, reqwest::Client, String),
}

impl Caller {
    fn new(kind: &str) -> Result<Caller, Failure> {
        let runtime = || tokio::runtime::Builder::new_multi_thread().enable_all().build();
        Ok(match kind {
            "async" => Caller::Async(runtime()?, Client::from_env()?),
            "blocking" => Caller::Blocking(blocking::Client::from_env()?, 1),
            "threads" => Caller::Blocking(blocking::Client::from_env()?, THREADS),
            "reqwest" => {
                // Nothing is encrypted here, but `reqwest` wants to know how it would be.
                let _ = rustls::crypto::ring::default_provider().install_default();
                let url = std::env::var(env::endpoint("dts"))?;
                Caller::Reqwest(runtime()?, reqwest::Client::new(), url)
            }
            _ => return Err(format!("`{kind}` is no kind of caller").into()),
        })
    }

    fn call(&self, count: usize) -> Result<(), Failure> {
        let left = Arc::new(AtomicUsize::new(count));
        match self {
            Caller::Async(runtime, client) => {
                let client = client.clone();
                runtime.block_on(together(left, move || {
                    let client = client.clone();
                    async move {
                        client.describe_synchronization_job_status(&bindery_bench::status()).await?;
                        Ok(())
                    }
                }))
            }
            Caller::Reqwest(runtime, client, url) => {
                let (client, url) = (client.clone(), format!("{url}/?SynchronizationJobId=dtsz4ao1dor13d"));
                runtime.block_on(together(left, move || {
                    let request = client.post(&url);
                    async move {
                        request.send().await?.error_for_status()?.bytes().await?;
                        Ok(())
                    }
                }))
            }
            Caller::Blocking(client, threads) => std::thread::scope(|scope| {
                let call = || -> Result<(), Failure> {
                    while take(&left) {
                        client.describe_synchronization_job_status(&bindery_bench::status())?;
                    }
                    Ok(())
                };
                let threads: Vec<_> = (0..*threads).map(|_| scope.spawn(call)).collect();
                threads.into_iter().try_for_each(|thread| thread.join().map_err(|_| "a thread panicked")?)
            }),
        }
    }
}

/// Makes calls, so many at the same time, until none is left.
async fn together<F>(left: Arc<AtomicUsize>, call: impl Fn() -> F + Clone + Send + 'static) -> Result<(), Failure>
where
    F: Future<Output = Result<(), Failure>> + Send,
{
    let tasks: Vec<_> = (0..TASKS)
        .map(|_| {
            let (left, call) = (Arc::clone(&left), call.clone());
            tokio::spawn(async move {
                while take(&left) {
                    call().await?;
                }
                Ok::<(), Failure>(())
            })
        })
        .collect();
    for task in tasks {
        task.await??;
    }
    Ok(())
}

fn take(left: &AtomicUsize) -> bool {
    left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok()
}

/// The memory that a process has in use, in KiB.
fn memory(process: u32) -> Result<u64, Failure> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}

/// The processor time that a process has used; it counts hundredths of a second.
fn time(process: u32) -> Result<Duration, Failure> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
    let fields = stat.rsplit_once(')').ok_or("no stat")?.1;
    let ticks: u64 = fields.split_whitespace().skip(11).take(2).map(str::parse::<u64>).sum::<Result<u64, _>>()?;
    Ok(Duration::from_millis(ticks * 10))
}
