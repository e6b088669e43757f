//! Sockets: a thread of its own with a runtime of its own, so that code with and without async can start it and stop it.

use super::incoming::Incoming;
use super::send::{Cut, send};
use super::service::Service;
use axum::Router;
use axum::body::Body;
use axum::extract::connect_info::{ConnectInfo, Connected};
use axum::extract::{Request, State};
use axum::http::Response;
use axum::serve::{IncomingStream, Listener};
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::thread::{self, JoinHandle};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};
use tokio::time::{Instant, Sleep};

/// Connections at the same time; others wait.
const MOST_CONNECTIONS: usize = 1024;
/// A connection on which nothing comes for so long is closed. Longer than the longest delay that a scenario may ask for.
const IDLE: Duration = Duration::from_secs(90);
/// What is under way has so long to end.
const GRACE: Duration = Duration::from_secs(5);
/// And then, what does not wait for anything has so long.
const CUT_OFF: Duration = Duration::from_secs(1);
/// Threads at most.
const MOST_THREADS: usize = 4;

/// A service that is running.
#[derive(Debug)]
pub(super) struct Running {
    pub address: SocketAddr,
    stop: Option<oneshot::Sender<How>>,
    thread: Option<JoinHandle<()>>,
}

/// How to stop.
#[derive(Debug)]
enum How {
    /// What is under way may end.
    Gently,
    /// At once.
    Now,
}

impl Running {
    /// Binds the address and serves.
    ///
    /// # Errors
    /// If the address cannot be had, or there is no thread to have.
    pub fn start(service: Arc<Service>, address: SocketAddr) -> io::Result<Running> {
        let listener = std::net::TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let threads = thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(threads)
            .thread_name("bindery-mock")
            .enable_all()
            .build()?;
        let (stop, stopped) = oneshot::channel();
        let listener = {
            let _inside = runtime.enter();
            TcpListener::from_std(listener)?
        };
        let thread = thread::Builder::new().name("bindery-mock".to_owned()).spawn(move || {
            runtime.block_on(serve(service, listener, stopped));
            // Ends connections that are still there, whatever they wait for.
            runtime.shutdown_timeout(CUT_OFF);
        })?;
        Ok(Running { address, stop: Some(stop), thread: Some(thread) })
    }

    /// Takes no more requests, lets those under way end, and returns when they have; those that take longer than five
    /// seconds are cut off.
    pub fn stop(mut self) {
        self.end(How::Gently);
    }

    fn end(&mut self, how: How) {
        if let Some(stop) = self.stop.take() {
            // A service that has ended already need not be told.
            let _ = stop.send(how);
        }
        if let Some(thread) = self.thread.take() {
            // If it panicked, it has stopped.
            let _ = thread.join();
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end(How::Now);
    }
}

async fn serve(service: Arc<Service>, listener: TcpListener, stopped: oneshot::Receiver<How>) {
    let (gently, told) = oneshot::channel::<()>();
    let router = Router::new().fallback(handle).with_state(service);
    let gate = Gate { listener, free: Arc::new(Semaphore::new(MOST_CONNECTIONS)) };
    let serving = axum::serve(gate, router.into_make_service_with_connect_info::<Cut>());
    let mut serving = tokio::spawn(
        serving
            .with_graceful_shutdown(async move {
                // Whoever holds the other end and goes away wants it to stop as well.
                let _ = told.await;
            })
            .into_future(),
    );
    let has_ended = tokio::select! {
        how = stopped => match how {
            Ok(How::Gently) => {
                let _ = gently.send(());
                tokio::time::timeout(GRACE, &mut serving).await.is_ok()
            }
            Ok(How::Now) | Err(_) => false,
        },
        _ = &mut serving => true,
    };
    if !has_ended {
        // The port is free once the task is gone.
        serving.abort();
        let _ = serving.await;
    }
}

async fn handle(
    State(service): State<Arc<Service>>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    request: Request,
) -> Response<Body> {
    let reply = match Incoming::read(request, service.body_limit).await {
        Ok(incoming) => service.answer(incoming),
        Err((format, refusal)) => service.refuse(&refusal, format),
    };
    send(reply, &cut).await
}

/// Lets a number of connections in at a time.
struct Gate {
    listener: TcpListener,
    free: Arc<Semaphore>,
}

impl Listener for Gate {
    type Io = Line;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Line, SocketAddr) {
        loop {
            // The semaphore is never closed.
            let permit = Arc::clone(&self.free).acquire_owned().await.ok();
            match self.listener.accept().await {
                Ok((stream, address)) => {
                    // It is only slower without.
                    let _ = stream.set_nodelay(true);
                    let idle = Box::pin(tokio::time::sleep(IDLE));
                    return (Line { stream, cut: Cut::default(), idle, _permit: permit }, address);
                }
                // Too many open files, or a client that went away: others may still come.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

impl Connected<IncomingStream<'_, Gate>> for Cut {
    fn connect_info(stream: IncomingStream<'_, Gate>) -> Cut {
        stream.io().cut.clone()
    }
}

/// A connection that can be cut, and that ends when nothing comes.
struct Line {
    stream: TcpStream,
    cut: Cut,
    idle: Pin<Box<Sleep>>,
    _permit: Option<OwnedSemaphorePermit>,
}

impl Line {
    /// Fails once the connection is cut: what was to be sent is dropped, and the client sees a reset.
    fn whole(&self) -> io::Result<()> {
        if !self.cut.is_set() {
            return Ok(());
        }
        // Without, the client would see an end instead of a reset.
        let _ = self.stream.set_zero_linger();
        Err(io::Error::from(io::ErrorKind::ConnectionReset))
    }
}

impl AsyncRead for Line {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let read = Pin::new(&mut self.stream).poll_read(context, buffer);
        match read {
            Poll::Ready(read) => {
                self.idle.as_mut().reset(Instant::now() + IDLE);
                Poll::Ready(read)
            }
            Poll::Pending => match self.idle.as_mut().poll(context) {
                Poll::Ready(()) => Poll::Ready(Err(io::Error::from(io::ErrorKind::TimedOut))),
                Poll::Pending => Poll::Pending,
            },
        }
    }
}

impl AsyncWrite for Line {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if let Err(error) = self.whole() {
            return Poll::Ready(Err(error));
        }
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if let Err(error) = self.whole() {
            return Poll::Ready(Err(error));
        }
        Pin::new(&mut self.stream).poll_write_vectored(context, parts)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}
