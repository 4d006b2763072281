# The directory: places to turn to and topics to read about; and what it suggests beside a concern.

directory-heading = Directory of services and topics
directory-quiet = Places to turn to and topics to talk about. The team keeps it up to date here.
directory-look = Look something up
directory-words = Words
directory-words-hint = For example benefits, wig or sleep.
directory-concern = For which concern?
directory-concern-any = Any concern
directory-retired-too = Also what is no longer offered
directory-found = { $count ->
    [0] Nothing found
    [one] 1 entry
   *[other] { $count } entries
}
directory-none-more = Try fewer words, or another concern. What is missing can be added.
directory-kind-place = Place to turn to
directory-kind-topic = Topic
directory-open = Open
directory-open-what = Open, { $what }
directory-add = Add an entry
directory-retired = No longer offered
directory-to-sessions = Sessions
directory-from-sessions = Directory of services
# The details of an entry; what is not known is said to be so.
directory-phone-unknown = Telephone: to be filled in
directory-reach = { $phone } · { $hours }
directory-checked = Details checked { $date } by { $who }
directory-checked-long-ago = Details checked { $date } by { $who }: more than a year ago
directory-not-checked = Details not checked yet

directory-add-heading = Add an entry
directory-add-quiet = Nothing on this page is kept until you press the button.
directory-add-do = Add the entry
directory-details = What the directory says
directory-change-do = Save the change
directory-kind = What is it?
directory-name = Name
directory-about = What it is about
directory-phone = Telephone
directory-hours = When somebody answers
directory-area = Area
directory-area-hint = Whom it is for, by where they live.
directory-access = Access needs
directory-access-hint = Steps, parking, hearing loop, languages, whether a referral is needed.
directory-website = Website
directory-for-concerns = For which concerns?
directory-for-concerns-hint = It is suggested beside these in a care plan.
directory-check-heading = Are the details right?
directory-check-more = Ring or look it up first. A change of name, telephone, hours, area, access or website has to be checked again.
directory-check-do = The details are right today
directory-retire = No longer offer it
directory-retire-more = It is not suggested any more. What was agreed with it stays in the plans.
directory-offer-again = Offer it again
directory-offer-again-more = It is suggested beside its concerns again.

suggestions-heading = Suggestions for { $concern }, from the directory
suggestions-none = The directory has nothing for this concern yet.
suggestions-own = The directory suggests by concern, and this one is in own words.
suggestions-open = Open the directory
suggestions-quiet = Nothing is agreed until you add it.
suggestions-inform = Give information
suggestions-signpost = Signpost
suggestions-refer = Refer
suggestions-inform-what = Give information about { $what }
suggestions-signpost-what = Signpost: the patient contacts { $what }
suggestions-refer-what = Refer: we contact { $what }
suggestions-in-plan-inform = Information is given
suggestions-in-plan-signpost = Signposted
suggestions-in-plan-refer = Referred
suggestions-added = Added to the plan: { $what }
suggestions-more = Show { $count } more
referral-letters = Referral letters
referral-letter-of = Letter: { $what }

# What a message says about a field of an entry.
what-entry-kind = what it is
what-entry-name = the name
what-entry-about = what it is about
what-entry-phone = the telephone
what-entry-hours = the hours
what-entry-area = the area
what-entry-access = the access needs
what-entry-website = the website
what-entry-concerns = the concerns
