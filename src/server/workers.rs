//! Where synchronous work runs: beside the async threads, so many at a time, and so many waiting.

use super::failure::Failure;
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    task,
};

/// A bounded queue in front of a bounded number of threads.
pub struct Workers {
    /// One permit a core; a job keeps its own to its end, also where nobody waits for it any more.
    running: Arc<Semaphore>,
    /// One permit a batch.
    batches: Arc<Semaphore>,
    waiting: AtomicUsize,
    most_waiting: usize,
}

/// So many batches are asked at a time.
const BATCHES: usize = 4;

/// The turn of a batch: as long as it is held, all jobs of the batch are done, however much waits.
pub struct BatchTurn(#[expect(dead_code, reason = "held, and given back in the end")] OwnedSemaphorePermit);

impl Workers {
    /// As many threads at a time as the machine has cores, and `most_waiting` jobs that wait for one.
    pub fn new(most_waiting: usize) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let [running, batches] = [cores, BATCHES].map(|permits| Arc::new(Semaphore::new(permits)));
        Self { running, batches, waiting: AtomicUsize::new(0), most_waiting }
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
        finish(self.turn(&self.running).await?, job).await
    }

    /// Waits for the turn of a batch.
    ///
    /// # Errors
    /// 503 at once where too many wait.
    pub async fn batch(&self) -> Result<BatchTurn, Failure> {
        self.turn(&self.batches).await.map(BatchTurn)
    }

    /// Runs a job of a batch when its turn comes: it waits in its batch, and is not refused.
    ///
    /// # Errors
    /// 500 for a job that panics.
    pub async fn run_of_batch<T: Send + 'static>(
        &self,
        _: &BatchTurn,
        job: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Failure> {
        finish(acquire(&self.running).await?, job).await
    }

    /// A permit, now or after waiting.
    async fn turn(&self, permits: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit, Failure> {
        if let Ok(permit) = Arc::clone(permits).try_acquire_owned() {
            return Ok(permit);
        }
        let _waits = Waits::enter(self)?;
        acquire(permits).await
    }
}

async fn acquire(permits: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit, Failure> {
    // They are never closed.
    Arc::clone(permits).acquire_owned().await.map_err(|_| Failure::busy())
}

/// Runs a job on a thread of its own, and gives the permit back when it ends.
async fn finish<T: Send + 'static>(
    permit: OwnedSemaphorePermit,
    job: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Failure> {
    let job = move || {
        let _permit = permit;
        job()
    };
    task::spawn_blocking(job).await.map_err(|error| {
        tracing::error!("a job failed: {error}");
        Failure::internal()
    })
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

    #[tokio::test]
    async fn a_batch_that_has_its_turn_is_done_however_much_waits() {
        let workers = Workers::new(0);
        let taken = workers.running.acquire_many(workers.running.available_permits() as u32).await.unwrap();
        let turn = workers.batch().await.unwrap();
        let (done, ()) = tokio::join!(workers.run_of_batch(&turn, || 1), async {
            assert_eq!(workers.run(|| 1).await.unwrap_err().code, "busy");
            drop(taken);
        });
        assert_eq!(done.unwrap(), 1);
        let others = [workers.batch().await, workers.batch().await, workers.batch().await];
        assert!(others.iter().all(Result::is_ok));
        assert_eq!(workers.batch().await.map(|_| ()).unwrap_err().code, "busy");
        drop(turn);
        assert!(workers.batch().await.is_ok());
    }
}
