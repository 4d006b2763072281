//! What a sending is to make beside its first resource, and somebody else has made: two PCs give the same id to the same thing about the
//! same patient, and the server refuses the second.

use crate::answer::{Read, of_read};
use crate::asking::is;
use crate::bundle::{Carried, there};
use crate::event::Standing;
use crate::fault::Trouble;
use crate::push::{Books, Push, Stopped};
use crate::together::{MOST_IDS, Question};
use crate::transport::Wire;

impl<B: Books, W: Wire> Push<B, W> {
    /// How a sending that was refused alone stands at the trust, every resource of it: nothing may be called poison that is there already.
    pub(crate) async fn standing_of_all(&self, one: &Carried) -> Result<Result<Standing, Trouble>, Stopped> {
        match self.standing(one).await? {
            Ok(Standing::AsKnown) => {}
            known => return Ok(known),
        }
        let mut made: Vec<_> = one.others().collect();
        made.sort_by_key(|resource| resource.kind);
        let mut same = Vec::new();
        let of_kinds = made.chunk_by(|one, other| one.kind == other.kind).flat_map(|of_kind| of_kind.chunks(MOST_IDS));
        let questions: Vec<Question> = of_kinds
            .filter_map(|of_kind| {
                let ids: Vec<&str> = of_kind.iter().map(|resource| resource.id.as_str()).collect();
                Some(Question::by_id(of_kind.first()?.kind, &ids, "id"))
            })
            .collect();
        let found = match self.found(&questions).await? {
            Ok((found, _)) => found,
            Err(trouble) => return Ok(Err(trouble)),
        };
        for resource in made.iter().filter(|resource| found.iter().any(|found| is(found, resource))) {
            let reply = self.server.get(&resource.reference(), &[], &self.id()?).await;
            match of_read(&reply, resource.kind, &resource.id) {
                Read::Found { etag, body } if one.has_said(&body, resource) => same.push(there(resource, &etag)),
                Read::Found { .. } => return Ok(self.left(one).await?.map(Standing::Moved)),
                Read::Absent => {}
                Read::Fault(trouble) => return Ok(Err(trouble)),
            }
        }
        Ok(Ok(if same.is_empty() { Standing::AsKnown } else { Standing::Same(same) }))
    }
}
