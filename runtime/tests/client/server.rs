//! A server that does what it is told to, on a port of this machine. It reads a request whole, then plays a script.

use crate::world::Seen;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value as Json;
use std::future::pending;
use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

/// One thing that a server does.
#[derive(Debug, Clone)]
pub enum Act {
    /// Sends bytes, as often as said, with a pause after each time.
    Send(Vec<u8>, u64, Duration),
    /// Sends so many bytes of `x`, in chunks of 64 KiB as `Transfer-Encoding: chunked` has them.
    Chunks(u64),
    /// Sends so many MiB of zeros, compressed by `gzip` and in chunks.
    Gzip(u64),
    /// Sends the request back, as the message of an error.
    Echo(u16),
    /// Waits.
    Wait(Duration),
    /// Breaks the connection: the other side gets an error.
    Reset,
    /// Ends the connection in an orderly way.
    Close,
    /// Does nothing any more.
    Hang,
}

impl Act {
    pub fn send(bytes: impl Into<Vec<u8>>) -> Act {
        Act::Send(bytes.into(), 1, Duration::ZERO)
    }

    /// A whole answer in JSON, after which the connection lives on.
    pub fn answer(status: u16, headers: &str, body: &str) -> Act {
        let length = body.len();
        Act::send(format!("HTTP/1.1 {status} Any\r\nContent-Length: {length}\r\n{headers}\r\n{body}"))
    }

    /// The answer of a service that is well.
    pub fn good() -> Act {
        Act::answer(200, "Content-Type: application/json\r\n", r#"{"RequestId": "ID-1", "Success": true}"#)
    }

    /// As the cases write it.
    pub fn read(json: &Json) -> Act {
        if let Some(word) = json.as_str() {
            return match word {
                "reset" => Act::Reset,
                "close" => Act::Close,
                "hang" => Act::Hang,
                "good" => Act::good(),
                other => panic!("no such act: {other}"),
            };
        }
        let (name, value) = json.as_object().unwrap().iter().next().unwrap();
        let number = |name: &str| json[name].as_u64();
        match name.as_str() {
            "send" => {
                let pause = Duration::from_millis(number("every_ms").unwrap_or(0));
                Act::Send(value.as_str().unwrap().as_bytes().to_vec(), number("times").unwrap_or(1), pause)
            }
            "bytes" => {
                Act::send(value.as_array().unwrap().iter().map(|b| b.as_u64().unwrap() as u8).collect::<Vec<_>>())
            }
            "answer" => {
                let mut headers = String::new();
                for (name, value) in json["headers"].as_object().into_iter().flatten() {
                    headers += &format!("{name}: {}\r\n", value.as_str().unwrap());
                }
                let body = match &json["body"] {
                    Json::Null => String::new(),
                    Json::String(text) => text.repeat(number("times").unwrap_or(1).try_into().unwrap()),
                    json => json.to_string(),
                };
                Act::answer(value.as_u64().unwrap().try_into().unwrap(), &headers, &body)
            }
            "echo" => Act::Echo(value.as_u64().unwrap().try_into().unwrap()),
            "chunks" => Act::Chunks(value.as_u64().unwrap()),
            "gzip_mib" => Act::Gzip(value.as_u64().unwrap()),
            "wait_ms" => Act::Wait(Duration::from_millis(value.as_u64().unwrap())),
            other => panic!("no such act: {other}"),
        }
    }
}

type Script = dyn Fn(usize, &Seen) -> Vec<Act> + Send + Sync;

/// A server. It ends when it is dropped.
pub struct Server {
    pub port: u16,
    pub log: Arc<Log>,
    task: JoinHandle<()>,
}

/// What a server has seen.
#[derive(Default)]
pub struct Log {
    pub connections: AtomicUsize,
    pub bytes_sent: AtomicUsize,
    requests: Mutex<Vec<Seen>>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Server {
    /// A server that plays one script a request; the last one again and again.
    pub async fn playing(scripts: Vec<Vec<Act>>) -> Server {
        Server::new(move |number, _| scripts[number.min(scripts.len() - 1)].clone(), None).await
    }

    /// A server that decides by the number of the request, from 0, and by what it holds.
    pub async fn deciding(script: impl Fn(usize, &Seen) -> Vec<Act> + Send + Sync + 'static) -> Server {
        Server::new(script, None).await
    }

    pub async fn new(
        script: impl Fn(usize, &Seen) -> Vec<Act> + Send + Sync + 'static,
        tls: Option<TlsAcceptor>,
    ) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (log, script): (Arc<Log>, Arc<Script>) = (Arc::default(), Arc::new(script));
        let kept = log.clone();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                stream.set_nodelay(true).unwrap();
                log.connections.fetch_add(1, Ordering::SeqCst);
                let (log, script, tls) = (log.clone(), script.clone(), tls.clone());
                tokio::spawn(async move {
                    match tls {
                        Some(tls) => {
                            if let Ok(stream) = tls.accept(stream).await {
                                converse(stream, &log, &*script, |_| {}).await;
                            }
                        }
                        None => converse(stream, &log, &*script, |stream| stream.set_zero_linger().unwrap()).await,
                    }
                });
            }
        });
        Server { port, log: kept, task }
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// How many whole requests have come.
    pub fn count(&self) -> usize {
        self.log.requests.lock().unwrap().len()
    }

    /// Everything that has come so far.
    pub fn seen(&self) -> Vec<Seen> {
        self.log.requests.lock().unwrap().clone()
    }

    pub fn connections(&self) -> usize {
        self.log.connections.load(Ordering::SeqCst)
    }

    pub fn bytes_sent(&self) -> usize {
        self.log.bytes_sent.load(Ordering::SeqCst)
    }
}

/// One connection, until either side has enough.
async fn converse<S>(mut stream: S, log: &Log, script: &Script, reset: impl Fn(&S))
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut buffer = Vec::new();
    while let Some(seen) = read(&mut stream, &mut buffer).await {
        let acts = {
            let mut requests = log.requests.lock().unwrap();
            requests.push(seen.clone());
            script(requests.len() - 1, &seen)
        };
        for act in acts {
            let done = match act {
                Act::Send(bytes, times, pause) => send(&mut stream, log, &bytes, times, pause).await,
                Act::Chunks(length) => {
                    let chunk = chunked(&[b'x'; 1 << 16]);
                    send(&mut stream, log, &chunk, length >> 16, Duration::ZERO).await
                }
                Act::Gzip(mebibytes) => {
                    let (first, next) = zeros();
                    let begun = send(&mut stream, log, &chunked(&first), 1, Duration::ZERO).await;
                    begun && send(&mut stream, log, &chunked(&next), mebibytes - 1, Duration::ZERO).await
                }
                Act::Echo(status) => {
                    let echo = serde_json::json!({"Code": "Echo", "Message": seen.everything(), "RequestId": "ID-2",
                        "Recommend": seen.target, "AccessDeniedDetail": seen.headers});
                    let Act::Send(bytes, ..) = Act::answer(status, "", &echo.to_string()) else { unreachable!() };
                    send(&mut stream, log, &bytes, 1, Duration::ZERO).await
                }
                Act::Wait(time) => {
                    tokio::time::sleep(time).await;
                    true
                }
                Act::Reset => {
                    reset(&stream);
                    return;
                }
                Act::Close => {
                    let _ = stream.shutdown().await;
                    return;
                }
                Act::Hang => pending().await,
            };
            if !done {
                return;
            }
        }
    }
}

async fn send<S: AsyncWrite + Unpin>(stream: &mut S, log: &Log, bytes: &[u8], times: u64, pause: Duration) -> bool {
    for _ in 0..times {
        if stream.write_all(bytes).await.is_err() {
            return false;
        }
        log.bytes_sent.fetch_add(bytes.len(), Ordering::SeqCst);
        if !pause.is_zero() {
            tokio::time::sleep(pause).await;
        }
    }
    stream.flush().await.is_ok()
}

fn chunked(bytes: &[u8]) -> Vec<u8> {
    [format!("{:x}\r\n", bytes.len()).as_bytes(), bytes, b"\r\n"].concat()
}

/// The first MiB of zeros, compressed, and what every further one is: more of the same stream.
fn zeros() -> (Vec<u8>, Vec<u8>) {
    static MADE: OnceLock<(Vec<u8>, Vec<u8>)> = OnceLock::new();
    MADE.get_or_init(compress).clone()
}

fn compress() -> (Vec<u8>, Vec<u8>) {
    let zeros = vec![0; 1 << 20];
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    let mut next = || {
        encoder.write_all(&zeros).unwrap();
        encoder.flush().unwrap();
        std::mem::take(encoder.get_mut())
    };
    (next(), next())
}

async fn read<S: AsyncRead + Unpin>(stream: &mut S, buffer: &mut Vec<u8>) -> Option<Seen> {
    loop {
        if let Some((seen, length)) = Seen::parse(buffer) {
            buffer.drain(..length);
            return Some(seen);
        }
        if stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    }
}

/// A port of this machine where nobody listens, as good as for sure.
pub async fn nobody() -> u16 {
    TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port()
}
