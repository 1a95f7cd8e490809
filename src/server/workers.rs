//! Where synchronous work runs: beside the async threads, so many at a time, and so many waiting.

use super::failure::Failure;
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};
use tokio::{sync::Semaphore, task};

/// A bounded queue in front of a bounded number of threads.
pub struct Workers {
    /// One permit a core; a job keeps its own to its end, also where nobody waits for it any more.
    running: Arc<Semaphore>,
    waiting: AtomicUsize,
    most_waiting: usize,
}

impl Workers {
    /// As many threads at a time as the machine has cores, and `most_waiting` jobs that wait for one.
    pub fn new(most_waiting: usize) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self { running: Arc::new(Semaphore::new(cores)), waiting: AtomicUsize::new(0), most_waiting }
    }

    /// How many jobs wait for a thread.
    pub fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }

    /// Runs a job when its turn comes.
    ///
    /// # Errors
    /// 503 at once where too many wait; 500 for a job that panics.
    pub async fn run<T: Send + 'static>(&self, job: impl FnOnce() -> T + Send + 'static) -> Result<T, Failure> {
        let permit = if let Ok(permit) = Arc::clone(&self.running).try_acquire_owned() {
            permit
        } else {
            let _waits = Waits::enter(self)?;
            Arc::clone(&self.running).acquire_owned().await.map_err(|_| Failure::busy())?
        };
        let job = move || {
            let _permit = permit;
            job()
        };
        task::spawn_blocking(job).await.map_err(|error| {
            tracing::error!("a job failed: {error}");
            Failure::internal()
        })
    }
}

/// One that waits; whoever goes away while waiting is counted out.
struct Waits<'w>(&'w Workers);

impl<'w> Waits<'w> {
    fn enter(workers: &'w Workers) -> Result<Self, Failure> {
        let waits = Self(workers);
        let before = workers.waiting.fetch_add(1, Ordering::Relaxed);
        if before < workers.most_waiting { Ok(waits) } else { Err(Failure::busy()) }
    }
}

impl Drop for Waits<'_> {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_does_not_fit_into_the_queue_is_refused_and_the_rest_is_done() {
        let workers = Workers::new(0);
        let taken = workers.running.acquire_many(workers.running.available_permits() as u32).await.unwrap();
        assert_eq!(workers.run(|| 1).await.unwrap_err().code, "busy");
        drop(taken);
        assert_eq!(workers.run(|| 1).await.unwrap(), 1);
        assert_eq!(workers.run(|| panic!("on purpose")).await.map(|()| 0).unwrap_err().code, "internal");
        assert_eq!(workers.waiting(), 0);
    }
}
