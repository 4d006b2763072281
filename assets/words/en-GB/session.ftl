# The timetable of sessions: what there is, when, and who is booked.

sessions-heading = Sessions and services
sessions-quiet = What patients can be booked on. The team keeps it up to date here.
sessions-add = Add a session
sessions-none = No session yet
session-group-therapies = Physiotherapy, occupational therapy and dietetics
session-group-psychology = Psychology
session-group-sact = Anti-cancer treatment
session-group-wellbeing = Health and wellbeing
session-held-online = Online
session-held-in_person = In person
session-where = { $held } · { $place }
session-open = Open
session-open-what = Open, { $what }
session-retired = No longer offered
session-no-dates = No date yet. People can be put on the waiting list.
session-date-exact = { $date } { $starts } to { $ends }
session-date-month = { $month }, day to be confirmed
session-date-unknown = Date to be confirmed
session-date-cancelled = Cancelled: { $reason }
session-date-over = Past
session-date-people = { $count ->
    [0] Nobody booked
    [one] 1 person
   *[other] { $count } people
}
session-people-waiting = { $count } waiting for a date
session-people-to_confirm = { $count } to confirm
session-people-confirmed = { $count } confirmed

session-add-heading = Add a session
session-add-quiet = Nothing on this page is kept until you press the button.
session-add-do = Add the session
session-about-session = About this session
session-change-do = Save the change
session-group = Which part of the timetable?
session-title = Title
session-about = What it is about
session-about-hint = In words for patients. It stands on the invitation.
session-held = How is it held?
session-place = Place
session-place-hint = The room, or what it is held on. The link itself goes to patients with the reminder.
session-relatives_welcome = May relatives come along?
session-relatives-yes = Yes
session-relatives-no = No

session-dates = Dates
session-date-add = Add a date
session-date-change-what = Change { $what }
session-date-change = Change the date
session-date-save = Save the date
session-date-known = How much is known?
session-date-known-exact = Day and time
session-date-known-month = Only the month
session-date-known-unknown = Nothing yet
session-date-known-unknown-hint = Patients read “date to be confirmed”.
session-date-on = Day
session-date-on-hint = For example 04-Dec-2026
session-date-starts = Starts
session-date-starts-hint = For example 14:30
session-date-ends = Ends
session-date-month-label = Month
session-date-month-hint = For example October 2026
session-date-place = Place on this date
session-date-place-hint = Only if it is another one than usual
session-date-cancel = Cancel this date
session-date-cancel-more = It stays in the timetable with your reason, and whoever is booked on it is listed on Today.
session-date-cancel-reason = Reason
session-date-cancel-do = Cancel the date
session-people = People booked
session-people-none = Nobody is booked yet
session-retire = Stop offering it
session-retire-more = What is booked stays. You can offer it again.
session-offer-again = Offer it again
session-offer-again-more = Nobody can be booked on it now.
what-session-group = the part of the timetable
what-session-title = the title
what-session-about = what it is about
what-session-held = how it is held
what-session-place = the place
what-session-relatives_welcome = whether relatives may come along
what-session-known = how much is known
what-session-on = the day
what-session-starts = when it starts
what-session-ends = when it ends
what-session-month = the month
what-session-reason = the reason
