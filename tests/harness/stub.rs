//! A service that answers what it is told to, whatever it is asked: for what no real service does on request.

use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What comes back for one request.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Answer {
    /// A status, and a body that is JSON; a text goes out as it is.
    Say {
        /// The status.
        status: u16,
        /// The body.
        body: Value,
        /// Further headers.
        #[serde(default)]
        headers: BTreeMap<String, String>,
    },
    /// The connection is closed without a word.
    Close,
    /// Half of an answer.
    Cut,
    /// Nothing, while the client waits.
    Hang,
}

/// The service. It listens for as long as the process lives.
#[derive(Debug)]
pub struct Stub {
    address: SocketAddr,
    received: Arc<Mutex<Vec<String>>>,
}

impl Stub {
    /// Starts one that gives these answers in their order, and then closes every connection.
    ///
    /// # Panics
    /// If there is no port.
    pub fn start(answers: Vec<Answer>) -> Stub {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let received = Arc::new(Mutex::new(Vec::new()));
        let log = received.clone();
        std::thread::spawn(move || {
            let (mut answers, mut open) = (answers.into_iter(), Vec::new());
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let Some(request) = request(&mut stream) else { continue };
                log.lock().unwrap().push(request);
                match answers.next() {
                    Some(Answer::Hang) => open.push(stream),
                    Some(answer) => drop(stream.write_all(&written(&answer))),
                    None => {}
                }
            }
        });
        Stub { address, received }
    }

    /// Where it listens.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// The requests so far, as they came.
    ///
    /// # Panics
    /// If the service has.
    pub fn received(&self) -> Vec<String> {
        self.received.lock().unwrap().clone()
    }
}

/// A whole request: its head, and as much of a body as the head says.
fn request(stream: &mut TcpStream) -> Option<String> {
    let (mut bytes, mut buffer) = (Vec::new(), [0; 4096]);
    loop {
        let text = String::from_utf8_lossy(&bytes);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
            if body.len() >= length.unwrap_or(0) {
                return Some(text.into_owned());
            }
        }
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) => return None,
            Ok(count) => bytes.extend_from_slice(&buffer[..count]),
        }
    }
}

fn written(answer: &Answer) -> Vec<u8> {
    let Answer::Say { status, body, headers } = answer else {
        let half = matches!(answer, Answer::Cut);
        return if half { b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"Re".to_vec() } else { Vec::new() };
    };
    let body = body.as_str().map_or_else(|| body.to_string(), str::to_owned);
    let mut head = format!("HTTP/1.1 {status} Said\r\nconnection: close\r\ncontent-length: {}\r\n", body.len());
    for (name, value) in headers {
        head += &format!("{name}: {value}\r\n");
    }
    format!("{head}\r\n{body}").into_bytes()
}
