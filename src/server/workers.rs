//! Where synchronous work runs: beside the async threads, so many at a time, and so many waiting.

use super::failure::Failure;
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::{
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore, oneshot},
    time::sleep,
};

/// So many batches are asked at a time.
const BATCHES: usize = 4;

/// So long it takes to be refused: whoever asks again at once would else take the time of those that are served.
const PAUSE: Duration = Duration::from_millis(100);

/// A bounded queue in front of a thread for each core.
pub struct Workers {
    pool: ThreadPool,
    /// Jobs that run or wait, without those of batches.
    inside: Arc<AtomicUsize>,
    most_waiting: usize,
    /// One permit a batch.
    batches: Arc<Semaphore>,
    /// Batches that wait.
    waiting_batches: Arc<AtomicUsize>,
}

/// The turn of a batch: as long as it is held, all jobs of the batch are done, however much waits.
pub struct BatchTurn(#[expect(dead_code, reason = "held, and given back in the end")] OwnedSemaphorePermit);

impl Workers {
    /// As many threads as the machine has cores, and `most_waiting` jobs that wait for one.
    ///
    /// # Errors
    /// When the system gives no threads.
    pub fn new(most_waiting: usize) -> io::Result<Self> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let pool = ThreadPoolBuilder::new().num_threads(cores).thread_name(|number| format!("worker-{number}")).build();
        Ok(Self {
            pool: pool.map_err(io::Error::other)?,
            inside: Arc::default(),
            most_waiting,
            batches: Arc::new(Semaphore::new(BATCHES)),
            waiting_batches: Arc::default(),
        })
    }

    /// How many jobs wait for a thread.
    pub fn waiting(&self) -> usize {
        self.inside.load(Ordering::Relaxed).saturating_sub(self.pool.current_num_threads())
    }

    /// Runs a job when its turn comes. One that nobody waits for any more by then is not begun.
    ///
    /// # Errors
    /// 503 where too many wait; 500 for a job that panics.
    pub async fn run<T: Send + 'static>(&self, job: impl FnOnce() -> T + Send + 'static) -> Result<T, Failure> {
        let place = Place::among(&self.inside, self.pool.current_num_threads() + self.most_waiting).await?;
        self.done(Some(place), job).await
    }

    /// Waits for the turn of a batch.
    ///
    /// # Errors
    /// 503 where too many wait.
    pub async fn batch(&self) -> Result<BatchTurn, Failure> {
        if let Ok(permit) = Arc::clone(&self.batches).try_acquire_owned() {
            return Ok(BatchTurn(permit));
        }
        let _waits = Place::among(&self.waiting_batches, self.most_waiting).await?;
        // They are never closed.
        Arc::clone(&self.batches).acquire_owned().await.map(BatchTurn).map_err(|_| Failure::busy())
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
        self.done(None, job).await
    }

    /// What a job makes. It keeps its place to its end, also where nobody waits for it any more.
    async fn done<T: Send + 'static>(
        &self,
        place: Option<Place>,
        job: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Failure> {
        let (sender, receiver) = oneshot::channel();
        self.pool.spawn_fifo(move || {
            if sender.is_closed() {
                return;
            }
            let done = catch_unwind(AssertUnwindSafe(job));
            drop(place);
            if let Ok(done) = done {
                // Nobody may wait for it any more.
                let _ = sender.send(done);
            } else {
                tracing::error!("a job panicked");
            }
        });
        receiver.await.map_err(|_| Failure::internal())
    }
}

/// A place among those that there are; whoever goes away is counted out.
struct Place(Arc<AtomicUsize>);

impl Place {
    /// A place, or a refusal where `most` are taken.
    async fn among(taken: &Arc<AtomicUsize>, most: usize) -> Result<Self, Failure> {
        let place = Self(Arc::clone(taken));
        let before = taken.fetch_add(1, Ordering::Relaxed);
        if before < most {
            return Ok(place);
        }
        drop(place);
        sleep(PAUSE).await;
        Err(Failure::busy())
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    /// Keeps all threads busy until what comes back is dropped.
    fn occupy(workers: &Workers) -> Vec<mpsc::Sender<()>> {
        let threads = workers.pool.current_num_threads();
        let occupy = |_| {
            let (end, ended) = mpsc::channel::<()>();
            workers.inside.fetch_add(1, Ordering::Relaxed);
            let place = Place(Arc::clone(&workers.inside));
            workers.pool.spawn_fifo(move || {
                let _ = ended.recv();
                drop(place);
            });
            end
        };
        (0..threads).map(occupy).collect()
    }

    #[tokio::test]
    async fn what_does_not_fit_into_the_queue_is_refused_and_the_rest_is_done() {
        let workers = Workers::new(1).unwrap();
        let taken = occupy(&workers);
        let (waits, ()) = tokio::join!(workers.run(|| 1), async {
            assert_eq!(workers.waiting(), 1);
            assert_eq!(workers.run(|| 2).await.unwrap_err().code, "busy");
            drop(taken);
        });
        assert_eq!(waits.unwrap(), 1);
        assert_eq!(workers.run(|| panic!("on purpose")).await.map(|()| 0).unwrap_err().code, "internal");
        assert_eq!(workers.run(|| 3).await.unwrap(), 3);
        assert_eq!(workers.waiting(), 0);
    }

    #[tokio::test]
    async fn a_job_that_nobody_waits_for_any_more_is_not_begun() {
        let workers = Workers::new(1).unwrap();
        let taken = occupy(&workers);
        let (begun, begins) = mpsc::channel();
        let given_up = tokio::time::timeout(Duration::from_millis(10), workers.run(move || begun.send(()))).await;
        assert!(given_up.is_err());
        drop(taken);
        assert!(begins.recv().is_err());
    }

    #[tokio::test]
    async fn a_batch_that_has_its_turn_is_done_however_much_waits() {
        let workers = Workers::new(0).unwrap();
        let taken = occupy(&workers);
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
