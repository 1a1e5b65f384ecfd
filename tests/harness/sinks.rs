//! Where a house's post ends in a test: a mail server that keeps every letter, and a federation's program that keeps every call. Both speak
//! real SMTP and HTTP on a port of this machine, and both can be told to decline.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What a sink does with what comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// It takes it.
    Takes,
    /// It declines it.
    Declines,
    /// It hangs up.
    HangsUp,
}

/// A letter as it came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaughtLetter {
    /// To which mailboxes.
    pub to: Vec<String>,
    /// Its headers by their names in lower case, decoded.
    pub headers: BTreeMap<String, String>,
    /// What it says, decoded.
    pub text: String,
}

/// A call as it came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaughtCall {
    /// Its headers by their names in lower case.
    pub headers: BTreeMap<String, String>,
    /// Its body.
    pub body: Vec<u8>,
}

/// A sink: what it caught, and its mood.
#[derive(Clone, Debug)]
pub struct Sink<T> {
    address: SocketAddr,
    caught: Arc<Mutex<Vec<T>>>,
    mood: Arc<Mutex<Mood>>,
}

impl<T: Clone + Send + 'static> Sink<T> {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Everything that it took, in order.
    pub fn caught(&self) -> Vec<T> {
        self.caught.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What it does from now on.
    pub fn set_mood(&self, mood: Mood) {
        *self.mood.lock().unwrap_or_else(PoisonError::into_inner) = mood;
    }

    fn mood(&self) -> Mood {
        *self.mood.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(&self, caught: T) {
        self.caught.lock().unwrap_or_else(PoisonError::into_inner).push(caught);
    }

    async fn listen<F, S>(serve: F) -> std::io::Result<Self>
    where
        F: Fn(Self, TcpStream) -> S + Send + 'static,
        S: Future<Output = std::io::Result<()>> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let sink =
            Self { address: listener.local_addr()?, caught: Arc::default(), mood: Arc::new(Mutex::new(Mood::Takes)) };
        let own = sink.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(own.clone(), stream));
            }
        });
        Ok(sink)
    }
}

/// A mail server.
pub async fn mail_sink() -> std::io::Result<Sink<CaughtLetter>> {
    Sink::listen(take_letters).await
}

/// A federation's program.
pub async fn call_sink() -> std::io::Result<Sink<CaughtCall>> {
    Sink::listen(take_call).await
}

async fn take_letters(sink: Sink<CaughtLetter>, stream: TcpStream) -> std::io::Result<()> {
    if sink.mood() == Mood::HangsUp {
        return Ok(());
    }
    let (reading, mut writing) = stream.into_split();
    let mut lines = BufReader::new(reading).lines();
    writing.write_all(b"220 sink ESMTP\r\n").await?;
    let mut to = Vec::new();
    while let Some(line) = lines.next_line().await? {
        let said = line.to_uppercase();
        let answer: &[u8] = if said.starts_with("EHLO") {
            b"250-sink\r\n250 8BITMIME\r\n"
        } else if said.starts_with("RCPT") {
            if sink.mood() == Mood::Declines {
                b"550 no such mailbox\r\n"
            } else {
                to.extend(line.split(['<', '>']).nth(1).map(str::to_owned));
                b"250 ok\r\n"
            }
        } else if said.starts_with("DATA") {
            writing.write_all(b"354 go on\r\n").await?;
            let mut whole = Vec::new();
            while let Some(line) = lines.next_line().await?.filter(|line| line != ".") {
                whole.push(line.strip_prefix('.').map_or(line.clone(), str::to_owned));
            }
            sink.keep(letter(std::mem::take(&mut to), &whole));
            b"250 taken\r\n"
        } else if said.starts_with("QUIT") {
            writing.write_all(b"221 bye\r\n").await?;
            return Ok(());
        } else {
            b"250 ok\r\n"
        };
        writing.write_all(answer).await?;
    }
    Ok(())
}

fn letter(to: Vec<String>, lines: &[String]) -> CaughtLetter {
    let mut headers: BTreeMap<String, String> = BTreeMap::new();
    let mut newest = String::new();
    let mut rest = lines.iter();
    for line in rest.by_ref().take_while(|line| !line.is_empty()) {
        if line.starts_with([' ', '\t']) {
            headers.entry(newest.clone()).or_default().push_str(line);
        } else if let Some((name, value)) = line.split_once(": ") {
            newest = name.to_lowercase();
            headers.insert(newest.clone(), value.to_owned());
        }
    }
    let body: Vec<&str> = rest.map(String::as_str).collect();
    let bytes = match headers.get("content-transfer-encoding").map(String::as_str) {
        Some("base64") => base64(&body.concat()),
        Some("quoted-printable") => quoted_printable(&body.join("\r\n").replace("=\r\n", "")),
        _ => body.join("\r\n").into_bytes(),
    };
    for value in headers.values_mut() {
        *value = encoded_words(value);
    }
    CaughtLetter { to, headers, text: String::from_utf8_lossy(&bytes).into_owned() }
}

/// `=?utf-8?b?…?=` as what it says.
fn encoded_words(value: &str) -> String {
    let mut said = Vec::new();
    for word in value.split_whitespace() {
        let inside = word.strip_prefix("=?utf-8?b?").and_then(|word| word.strip_suffix("?="));
        match inside {
            Some(inside) => said.extend(base64(inside)),
            None => {
                if !said.is_empty() {
                    said.push(b' ');
                }
                said.extend(word.bytes());
            }
        }
    }
    String::from_utf8_lossy(&said).into_owned()
}

fn base64(text: &str) -> Vec<u8> {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bytes, mut held, mut bits) = (Vec::new(), 0_u32, 0);
    for value in text.bytes().filter_map(|byte| ALPHABET.iter().position(|known| *known == byte)) {
        held = held << 6 | u32::try_from(value).unwrap_or_default();
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits & 0xFF).unwrap_or_default());
        }
    }
    bytes
}

fn quoted_printable(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'=' {
            let digits = [rest.next().unwrap_or(b'0'), rest.next().unwrap_or(b'0')];
            let digits = String::from_utf8_lossy(&digits).into_owned();
            bytes.push(u8::from_str_radix(&digits, 16).unwrap_or(b'?'));
        } else {
            bytes.push(byte);
        }
    }
    bytes
}

async fn take_call(sink: Sink<CaughtCall>, stream: TcpStream) -> std::io::Result<()> {
    let mood = sink.mood();
    if mood == Mood::HangsUp {
        return Ok(());
    }
    let (reading, mut writing) = stream.into_split();
    let mut reading = BufReader::new(reading);
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        reading.read_line(&mut line).await?;
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':') {
            headers.insert(name.to_lowercase(), value.trim().to_owned());
        }
    }
    let length = headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reading.read_exact(&mut body).await?;
    let status = if mood == Mood::Takes { "204 No Content" } else { "503 Service Unavailable" };
    if mood == Mood::Takes {
        sink.keep(CaughtCall { headers, body });
    }
    let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    writing.write_all(answer.as_bytes()).await
}
