//! The one thread that owns the open database, and the queue of closures it works through.

use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::thread::{self, JoinHandle};

use store::Store;
use tokio::sync::oneshot;

use crate::problem::{Code, Problem};

type Job = Box<dyn FnOnce(&mut Option<Store>) + Send>;

/// Hands closures to the thread that owns the store; they run one after another in the order they came.
#[derive(Clone)]
pub(crate) struct Queue(Arc<Line>);

/// The thread and the way to it. Dropping it waits for the thread: a process that ends while a database is being closed takes the
/// cipher's own tables away under it.
struct Line {
    jobs: Option<Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Line {
    fn drop(&mut self) {
        // Nothing comes any more, so it ends after what is there.
        self.jobs = None;
        if let Some(thread) = self.thread.take().filter(|thread| thread.thread().id() != thread::current().id()) {
            let _panicked = thread.join();
        }
    }
}

impl Queue {
    /// Moves the store to a thread of its own, which ends when the last handle is dropped.
    pub fn start(store: Store) -> Result<Queue, Problem> {
        let (sender, jobs) = channel::<Job>();
        let work = move || {
            let mut store = Some(store);
            while let Ok(job) = jobs.recv() {
                job(&mut store);
            }
        };
        let thread = thread::Builder::new().name("database".to_owned()).spawn(work);
        let thread = thread.map_err(|_| Problem::unexpected())?;
        Ok(Queue(Arc::new(Line { jobs: Some(sender), thread: Some(thread) })))
    }

    /// Runs a closure on the store; `locked` when it was closed meanwhile.
    pub async fn run<R: Send + 'static>(
        &self,
        act: impl FnOnce(&mut Store) -> Result<R, Problem> + Send + 'static,
    ) -> Result<R, Problem> {
        self.job(move |store| store.as_mut().map_or_else(|| Err(Code::Locked.into()), act)).await
    }

    /// Waits for what came before, runs a last closure and closes the database; a second call finds it closed.
    pub async fn close(&self, last: impl FnOnce(&mut Store) + Send + 'static) -> Result<(), Problem> {
        self.job(move |slot| match slot.take() {
            Some(mut store) => {
                last(&mut store);
                Ok(store.close()?)
            }
            None => Ok(()),
        })
        .await
    }

    async fn job<R: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Option<Store>) -> Result<R, Problem> + Send + 'static,
    ) -> Result<R, Problem> {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |store| {
            // Nobody waiting any more does not undo what was done.
            let _ = answer.send(job(store));
        });
        let jobs = self.0.jobs.as_ref().ok_or_else(Problem::unexpected)?;
        jobs.send(job).map_err(|_| Problem::unexpected())?;
        answered.await.unwrap_or_else(|_| Err(Problem::unexpected()))
    }
}
