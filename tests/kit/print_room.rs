//! A print room of a test's own: a private CUPS daemon with one queue, `room3`, whose printer is this test, which gets every byte. The
//! account's own print system is neither read nor touched.

use std::fs::{self, Permissions};
use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread;

use tempfile::TempDir;

use crate::window::{Running, bound, until};

/// The name of the one queue.
pub const QUEUE: &str = "room3";

/// A daemon, its queue and the printer behind it. Everything ends and goes away when it is dropped.
pub struct PrintRoom {
    daemon: Option<Running>,
    printer: TcpListener,
    // Last, so that nothing runs any more when the folder goes.
    folder: TempDir,
}

/// A socket in front of a room's daemon.
pub struct Door(String);

impl Door {
    /// What `CUPS_SERVER` names.
    pub fn server(&self) -> &str {
        &self.0
    }
}

impl Default for PrintRoom {
    fn default() -> PrintRoom {
        PrintRoom::new()
    }
}

impl PrintRoom {
    /// A daemon that answers, with its queue at work.
    pub fn new() -> PrintRoom {
        let folder = tempfile::Builder::new().prefix("holdfast-print-").tempdir().unwrap();
        // The daemon lets a user of its own do the printing.
        fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
        let printer = TcpListener::bind("127.0.0.1:0").unwrap();
        printer.set_nonblocking(true).unwrap();
        let mut room = PrintRoom { daemon: None, printer, folder };
        room.daemon = Some(room.start());
        room.add_queue(QUEUE);
        room
    }

    /// One queue more, to the same printer.
    pub fn add_queue(&self, name: &str) {
        let device = format!("socket://{}", self.printer.local_addr().unwrap());
        self.ask("lpadmin", &["-p", name, "-E", "-v", &device, "-m", "raw"]);
    }

    /// What `CUPS_SERVER` names: a socket in this room's folder, so that rooms side by side never want the same port.
    pub fn server(&self) -> String {
        self.socket().to_str().unwrap().to_owned()
    }

    /// The whole of the next document that comes out of the printer.
    pub fn printed(&self) -> Vec<u8> {
        let (mut job, _) = until("a document at the printer", || match self.printer.accept() {
            Ok(job) => Some(job),
            Err(error) if error.kind() == ErrorKind::WouldBlock => None,
            Err(error) => panic!("the printer is broken: {error}"),
        });
        job.set_nonblocking(false).unwrap();
        let mut document = Vec::new();
        job.read_to_end(&mut document).unwrap();
        document
    }

    /// Nothing has come out of the printer that was not read.
    pub fn is_quiet(&self) -> bool {
        self.printer.accept().is_err_and(|error| error.kind() == ErrorKind::WouldBlock)
    }

    /// The titles of all jobs that were ever taken, oldest first.
    pub fn titles(&self) -> Vec<String> {
        let log = fs::read_to_string(self.path("log/page")).unwrap_or_default();
        log.lines().map(str::to_owned).collect()
    }

    /// Stops the queue: jobs are taken and wait.
    pub fn stop_queue(&self) {
        self.ask("cupsdisable", &[QUEUE]);
    }

    /// Lets the queue work again.
    pub fn start_queue(&self) {
        self.ask("cupsenable", &[QUEUE]);
    }

    /// The queue takes no jobs any more.
    pub fn refuse_jobs(&self) {
        self.ask("cupsreject", &[QUEUE]);
    }

    /// Ends the daemon; its socket stays, and nobody listens at it.
    pub fn end_daemon(&mut self) {
        self.daemon = None;
    }

    /// The daemon hangs: whoever connects is never answered.
    pub fn hang(&mut self) -> UnixListener {
        self.end_daemon();
        fs::remove_file(self.socket()).unwrap();
        UnixListener::bind(self.socket()).unwrap()
    }

    /// A door to this room's daemon through which every answer comes, until a PDF was handed in: what is answered to that is lost.
    pub fn answers_until_the_document(&self) -> Door {
        let path = self.path("door");
        let (door, socket) = (UnixListener::bind(&path).unwrap(), self.socket());
        thread::spawn(move || {
            // The kernel ends the waiting when the test's process does.
            for client in door.incoming().map_while(Result::ok) {
                let Ok(daemon) = UnixStream::connect(&socket) else { return };
                let handed_in = Arc::new(AtomicBool::new(false));
                let lost = handed_in.clone();
                let (from, to) = (client.try_clone().unwrap(), daemon.try_clone().unwrap());
                thread::spawn(move || {
                    pass(from, to, |bytes| {
                        handed_in.fetch_or(has_pdf(bytes), Relaxed);
                        true
                    })
                });
                thread::spawn(move || pass(daemon, client, |_| !lost.load(Relaxed)));
            }
        });
        Door(path.to_str().unwrap().to_owned())
    }

    fn start(&self) -> Running {
        let folder = self.folder.path();
        for name in ["root", "spool", "cache", "state", "log"] {
            fs::create_dir(self.path(name)).unwrap();
        }
        let place = |name: &str| folder.join(name).display().to_string();
        let settings = format!(
            "Listen {}\nBrowsing Off\nDefaultAuthType None\nLogLevel warn\nPageLogFormat %{{job-name}}\nWebInterface No\n\
             <Location />\nOrder allow,deny\nAllow from all\n</Location>\n\
             <Policy default>\n<Limit All>\nOrder allow,deny\nAllow from all\n</Limit>\n</Policy>\n",
            self.server()
        );
        let files = format!(
            "ServerRoot {}\nRequestRoot {}\nCacheDir {}\nStateDir {}\nAccessLog {}\nErrorLog {}\nPageLog {}\n",
            place("root"),
            place("spool"),
            place("cache"),
            place("state"),
            place("log/access"),
            place("log/error"),
            place("log/page"),
        );
        fs::write(self.path("cupsd.conf"), settings).unwrap();
        fs::write(self.path("cups-files.conf"), files).unwrap();
        let mut command = bound("/usr/sbin/cupsd");
        command.env_clear().env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin").args(["-f", "-c"]);
        command.arg(self.path("cupsd.conf")).arg("-s").arg(self.path("cups-files.conf"));
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let running = Running::start(&mut command);
        until("the print daemon", || UnixStream::connect(self.socket()).ok());
        running
    }

    /// Tells the daemon something, as the one who keeps the printers would.
    fn ask(&self, program: &str, words: &[&str]) {
        let mut command = Command::new(Path::new("/usr/sbin").join(program));
        command.args(words).env("CUPS_SERVER", self.server()).env("LC_ALL", "C");
        let done = command.output().unwrap();
        assert!(done.status.success(), "{program}: {}", String::from_utf8_lossy(&done.stderr));
    }

    fn socket(&self) -> PathBuf {
        self.path("socket")
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

/// Passes on what comes, as long as it `may`; then it only listens.
fn pass(mut from: UnixStream, mut to: UnixStream, may: impl Fn(&[u8]) -> bool) {
    let mut bytes = [0; 64 * 1024];
    while let Ok(count) = from.read(&mut bytes)
        && count > 0
    {
        if may(&bytes[..count]) && to.write_all(&bytes[..count]).is_err() {
            return;
        }
    }
    // The other side may still have something to say.
    let _closed = to.shutdown(Shutdown::Write);
}

fn has_pdf(bytes: &[u8]) -> bool {
    bytes.windows(5).any(|five| five == b"%PDF-")
}
