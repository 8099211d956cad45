//! A small server on loopback that answers as a test wants it to, and knows who came.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// The server; it runs until the process ends.
#[derive(Clone)]
pub struct Server {
    /// Its port on 127.0.0.1.
    pub port: u16,
    connections: Arc<AtomicUsize>,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Starts it. For each request `answer` gets the path and where to write; then the connection is closed.
    pub fn start(answer: impl Fn(&str, &mut TcpStream) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = Self { port, connections: Arc::default(), requests: Arc::default() };
        let (own, answer) = (server.clone(), Arc::new(answer));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(mut stream) = stream else { continue };
                own.connections.fetch_add(1, Ordering::SeqCst);
                let (own, answer) = (own.clone(), Arc::clone(&answer));
                std::thread::spawn(move || {
                    let Some(request) = read_request(&mut stream) else { return };
                    let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
                    own.requests.lock().unwrap().push(request);
                    answer(&path, &mut stream);
                });
            }
        });
        server
    }

    /// A server that must not be reached, and answers with a picture where it is.
    pub fn canary() -> Self {
        Self::start(|_, stream| ok(stream, "image/png", &png()))
    }

    /// An address on it.
    pub fn address(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// How many connections were made.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// The requests as they came, with their headers.
    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

fn read_request(stream: &mut TcpStream) -> Option<String> {
    let mut request = Vec::new();
    let mut byte = [0];
    while !request.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte).ok()? == 0 || request.len() > 64 * 1024 {
            return None;
        }
        request.push(byte[0]);
    }
    String::from_utf8(request).ok()
}

/// Answers 200 with a body and its length.
pub fn ok(stream: &mut TcpStream, kind: &str, body: &[u8]) {
    head(stream, "200 OK", &format!("Content-Type: {kind}\r\nContent-Length: {}\r\n", body.len()));
    let _ = stream.write_all(body);
}

/// Sends the client elsewhere.
pub fn redirect(stream: &mut TcpStream, target: &str) {
    head(stream, "302 Found", &format!("Location: {target}\r\nContent-Length: 0\r\nSet-Cookie: who=me\r\n"));
}

/// A status line with headers, each of which ends its line.
pub fn head(stream: &mut TcpStream, status: &str, headers: &str) {
    let _ = stream.write_all(format!("HTTP/1.1 {status}\r\nConnection: close\r\n{headers}\r\n").as_bytes());
}

/// A picture to answer with: an avatar of the bundled example.
pub fn png() -> Vec<u8> {
    std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/example/avatars/cat.png")).unwrap()
}
