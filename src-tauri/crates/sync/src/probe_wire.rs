//! What only the check of a server does on the way to it: a resource alone, and taking away what the check made. The queue has no way to
//! remove anything.

use reqwest::header::{CONTENT_TYPE, IF_MATCH};

use crate::answer::Reply;
use crate::transport::{FHIR, MOST_ANSWER, MOST_READ, REQUEST_ID, Server, Wire};

/// The way to a server that is checked.
pub trait Trial: Wire {
    /// Puts one resource (`path` is `Type/id`) by itself, on the condition that it is at this version where one is given.
    fn put(
        &self,
        path: &str,
        body: String,
        if_match: Option<&str>,
        request_id: &str,
    ) -> impl Future<Output = Reply> + Send;

    /// Removes one resource.
    fn delete(&self, path: &str, request_id: &str) -> impl Future<Output = Reply> + Send;

    /// Reads what the server says of itself, which is larger than any record.
    fn statement(&self, request_id: &str) -> impl Future<Output = Reply> + Send;

    /// Whether what is posted goes packed: the server said that it takes that, and did not refuse it since.
    fn packs(&self) -> bool;
}

impl Trial for Server {
    async fn put(&self, path: &str, body: String, if_match: Option<&str>, request_id: &str) -> Reply {
        let Some(url) = self.below(path, &[]) else { return Reply::NotReached };
        let mut request = self.client().put(url).header(CONTENT_TYPE, FHIR).header(REQUEST_ID, request_id);
        if let Some(version) = if_match {
            request = request.header(IF_MATCH, version);
        }
        self.answer(request.body(body), MOST_READ).await
    }

    async fn delete(&self, path: &str, request_id: &str) -> Reply {
        let Some(url) = self.below(path, &[]) else { return Reply::NotReached };
        self.answer(self.client().delete(url).header(REQUEST_ID, request_id), MOST_READ).await
    }

    async fn statement(&self, request_id: &str) -> Reply {
        let Some(url) = self.below("metadata", &[]) else { return Reply::NotReached };
        self.answer(self.client().get(url).header(REQUEST_ID, request_id), MOST_ANSWER).await
    }

    fn packs(&self) -> bool {
        self.packing.is_taken()
    }
}
