//! The way to a server's lists: page after page, and never past its own address.

use reqwest::Url;
use reqwest::header::CONTENT_TYPE;

use crate::answer::Reply;
use crate::transport::{FORM, MOST_ANSWER, REQUEST_ID, Server, Wire};

/// A way to a FHIR server over which lists are read.
pub trait Pages: Wire {
    /// Searches for what may be many, by POST: the first page.
    fn page(&self, kind: &str, query: &[(&str, &str)], request_id: &str) -> impl Future<Output = Reply> + Send;

    /// Reads the page under this path and query below the address, as [`below`] has found it.
    fn next(&self, path: &str, request_id: &str) -> impl Future<Output = Reply> + Send;
}

impl Pages for Server {
    async fn page(&self, kind: &str, query: &[(&str, &str)], request_id: &str) -> Reply {
        let Some(url) = self.below(&format!("{kind}/_search"), &[]) else { return Reply::NotReached };
        let mut form = url.clone();
        form.query_pairs_mut().clear().extend_pairs(query);
        let request = self.client().post(url).header(CONTENT_TYPE, FORM).header(REQUEST_ID, request_id);
        self.answer(request.body(form.query().unwrap_or_default().to_owned()), MOST_ANSWER).await
    }

    async fn next(&self, path: &str, request_id: &str) -> Reply {
        let Some(url) = self.below(path, &[]) else { return Reply::NotReached };
        self.answer(self.client().get(url).header(REQUEST_ID, request_id), MOST_ANSWER).await
    }
}

/// What follows the server's address in a link of its own; None for one that leads elsewhere, which is no answer.
pub(crate) fn below(base: &str, link: &str) -> Option<String> {
    let address = Url::parse(&format!("{base}/")).ok()?;
    let to = address.join(link).ok()?;
    let same = to.origin() == address.origin() && to.username().is_empty() && to.password().is_none();
    // The address itself asks for the next page in its query alone.
    let path = to.path().strip_prefix(address.path());
    let path = path.or_else(|| (format!("{}/", to.path()) == address.path()).then_some("")).filter(|_| same)?;
    Some(to.query().map_or_else(|| path.to_owned(), |query| format!("{path}?{query}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_followed_below_the_address_only() {
        let base = "https://trust.example:8443/fhir/r4";
        for (link, path) in [
            ("https://trust.example:8443/fhir/r4/Goal?_cursor=7", "Goal?_cursor=7"),
            ("https://trust.example:8443/fhir/r4?_getpages=7&x=%2C", "?_getpages=7&x=%2C"),
            ("Goal?page=2", "Goal?page=2"),
            ("?page=2", "?page=2"),
        ] {
            assert_eq!(below(base, link).as_deref(), Some(path), "{link}");
        }
        for link in [
            "https://elsewhere.example/fhir/r4/Goal",
            "http://trust.example:8443/fhir/r4/Goal",
            "https://trust.example/fhir/r4/Goal",
            "https://trust.example:8443/admin",
            "https://trust.example:8443/fhir/r4/../../admin",
            "https://trust.example:8443/fhir/r4evil/Goal",
            "https://u:p@trust.example:8443/fhir/r4/Goal",
            "//elsewhere.example/fhir/r4/Goal",
            "/Goal",
            "file:///etc/passwd",
            "javascript:0",
        ] {
            assert_eq!(below(base, link), None, "{link}");
        }
    }
}
