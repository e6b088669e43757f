//! All servers of the world in one, on a socket of this machine, and an HTTP client that finds every host there. It is
//! small on purpose: what the sources ask for is seen as bytes, and no library of theirs reads it.

use bindery_runtime::http::{
    BoxFuture, Bytes, Direct, HttpClient, Limits, Request, Response, TransportError, TransportErrorKind,
};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What a server has got.
#[derive(Debug, Clone)]
pub struct Asked {
    /// `PUT http://100.100.100.200/latest/api/token`.
    pub line: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
    /// Whether it must not go through a proxy.
    pub direct: bool,
    pub limits: Limits,
}

impl Asked {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The form, decoded, in order.
    pub fn form(&self) -> Vec<(String, String)> {
        self.body.split('&').filter_map(|pair| pair.split_once('=')).map(|(n, v)| (decoded(n), decoded(v))).collect()
    }
}

/// What a server answers.
#[derive(Debug, Clone)]
pub enum Reply {
    Answer(u16, String),
    /// Nobody is there.
    Refused,
    /// Nothing comes back in time.
    Silence,
}

type Handler = Box<dyn Fn(&Asked) -> Reply + Send + Sync>;

pub struct Loopback {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Loopback {
    /// Starts the servers. Every answer takes a moment, so that callers meet.
    pub async fn start(handler: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Arc<Loopback> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let handler: Arc<Handler> = Arc::new(Box::new(handler));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&handler), Arc::clone(&log)));
            }
        });
        Arc::new(Loopback { address, asked })
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

/// The host and what else the wire does not carry travel in headers of the test's own.
async fn serve(mut stream: TcpStream, handler: Arc<Handler>, log: Arc<Mutex<Vec<Asked>>>) {
    let mut bytes = Vec::new();
    let (head, start) = loop {
        let mut piece = [0; 4096];
        match stream.read(&mut piece).await {
            Ok(count) if count > 0 => bytes.extend_from_slice(piece.get(..count).unwrap()),
            _ => return,
        }
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break (String::from_utf8(bytes.get(..end).unwrap().to_vec()).unwrap(), end + 4);
        }
    };
    let mut lines = head.lines();
    let mut words = lines.next().unwrap().split(' ');
    let (method, path) = (words.next().unwrap(), words.next().unwrap());
    let headers: Vec<(String, String)> =
        lines.map(|line| line.split_once(": ").unwrap()).map(|(n, v)| (n.to_owned(), v.to_owned())).collect();
    let header = |name: &str| headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.clone());
    let length: usize = header("content-length").map_or(0, |length| length.parse().unwrap());
    while bytes.len() < start + length {
        let mut piece = [0; 4096];
        let count = stream.read(&mut piece).await.unwrap();
        bytes.extend_from_slice(piece.get(..count).unwrap());
    }
    let scheme = header("test-scheme").unwrap_or_else(|| "http".to_owned());
    let number = |name: &str| header(name).map_or(0, |text| text.parse().unwrap());
    let asked = Asked {
        line: format!("{method} {scheme}://{}{path}", header("host").unwrap()),
        body: String::from_utf8(bytes.get(start..).unwrap().to_vec()).unwrap(),
        direct: header("test-direct").is_some(),
        limits: Limits {
            connect: Duration::from_millis(number("test-connect")),
            total: Duration::from_millis(number("test-total")),
            body: usize::MAX,
        },
        headers,
    };
    let reply = handler(&asked);
    log.lock().unwrap().push(asked);
    tokio::time::sleep(Duration::from_millis(20)).await;
    // What goes wrong with the network is told to the client, so that no test waits for it.
    let (status, body) = match reply {
        Reply::Answer(status, body) => (status, body),
        Reply::Refused => (997, String::new()),
        Reply::Silence => (998, String::new()),
    };
    let answer = format!("HTTP/1.1 {status} x\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len());
    let _ = stream.write_all(answer.as_bytes()).await;
}

impl HttpClient for Loopback {
    fn send(&self, request: Request<Bytes>, limits: Limits) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
            let mut head = format!("{} {path} HTTP/1.1\r\n", parts.method);
            let mut add = |name: &str, value: &str| head.push_str(&format!("{name}: {value}\r\n"));
            add("Host", parts.uri.authority().unwrap().as_str());
            add("Content-Length", &body.len().to_string());
            add("Test-Scheme", parts.uri.scheme_str().unwrap());
            add("Test-Connect", &limits.connect.as_millis().to_string());
            add("Test-Total", &limits.total.as_millis().to_string());
            if parts.extensions.get::<Direct>().is_some() {
                add("Test-Direct", "yes");
            }
            for (name, value) in &parts.headers {
                add(name.as_str(), value.to_str().unwrap());
            }
            let broken = |_| TransportError::new(TransportErrorKind::Interrupted, "the connection broke");
            let mut stream = TcpStream::connect(self.address).await.map_err(broken)?;
            stream.write_all(format!("{head}\r\n").as_bytes()).await.map_err(broken)?;
            stream.write_all(&body).await.map_err(broken)?;
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer).await.map_err(broken)?;
            let text = String::from_utf8(answer).unwrap();
            let (head, body) = text.split_once("\r\n\r\n").unwrap();
            let status: u16 = head.split(' ').nth(1).unwrap().parse().unwrap();
            match status {
                997 => return Err(TransportError::new(TransportErrorKind::Connect, "connection refused")),
                998 => return Err(TransportError::new(TransportErrorKind::Timeout, "no answer in time")),
                _ => {}
            }
            Ok(Response::builder().status(status).body(Bytes::from(body.to_owned())).unwrap())
        })
    }
}

fn decoded(text: &str) -> String {
    let mut bytes = text.bytes();
    let mut out = Vec::new();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let pair = [bytes.next().unwrap(), bytes.next().unwrap()];
            out.push(u8::from_str_radix(std::str::from_utf8(&pair).unwrap(), 16).unwrap());
        } else {
            out.push(byte);
        }
    }
    String::from_utf8(out).unwrap()
}
