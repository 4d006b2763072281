# The guide (F1): one page a topic. Labels of buttons are taken from where they stand, so that the guide says what the screen says. Each
# line of -steps is one step; -also holds other words by which somebody may look for the page, and is never shown.

guide-quiet = What you were doing stays as it is. F1 or “{ guide-close }” brings you to it.
guide-close = Back to what I was doing
guide-list = Topics
guide-find = Find in the guide
guide-found = { $count ->
    [0] Nothing found
    [one] 1 topic found
   *[other] { $count } topics found
}
guide-none = Nothing has all these words. Try one word, or a shorter one.

guide-today = The work of the day
guide-today-when = The first screen shows what is unfinished, how old it is and whose it is, so that nothing has to be remembered.
guide-today-steps =
    On the left stands the clinic list of the day: choose “{ today-list-take-in }” for a file, or add a patient from the patient’s overview.
    On the right stands what is unfinished. What needs a person comes first, then the oldest; offers that are due and places without a date come last. Choose whether you see yours, your team’s or everybody’s.
    The button of a row leads to the very place where the work goes on.
    What came from home with an alert stays until somebody writes down what was done.
    Check birth date and NHS number before you open somebody. “{ today-similar }” means what it says.
guide-today-also = work list unfinished to do tasks inbox alert overdue clinic list morning import csv

guide-find_patient = Find or register a patient
guide-find_patient-when = Before anything about a patient, find them by two facts. It works without a network.
guide-find_patient-steps =
    Press Ctrl+F, or “{ today-find }”.
    Type two things you know, such as family name and birth date. A slip in a name is forgiven, a birth date is not.
    Compare name, birth date and NHS number with the person, and open the record.
    If nobody is found, choose “{ today-register }”. If somebody much like them is here, you are shown who, and decide.
    On the overview, “{ overview-correct }” changes details. Every change stays readable.
guide-find_patient-also = search lookup patient new add record name number hospital duplicate correct address

guide-assess = An assessment, with the patient
guide-assess-when = The patient tells you what weighs on them, you type. It takes about ten minutes. No concern at all is a valid answer.
guide-assess-steps =
    On the overview choose “{ overview-start }”, and type day and month of birth as the patient says them.
    Tick what concerns the patient, by area or by typing a few letters. What is not on the list goes in their own words.
    Score each concern from 1 to 10 for the last week. “Did not want to answer” and “Talk later” are answers too.
    Let the patient say what matters most today: up to four, in their order. Scores do not change that order.
    Note information they want and questions they have.
    Check the answers together and choose “{ check-complete }”. Only then can the trust have it.
guide-assess-also = hna holistic needs assessment concerns score rate tick telephone phone video interpreter helper easy read checklist private

guide-alone = The patient answers alone at this PC
guide-alone-when = The patient gets a window of their own, with large print and nothing of anybody else. Your record is locked meanwhile.
guide-alone-steps =
    In the assessment choose “Hand over to the patient” and make up a PIN of six digits. Only this hand-over has it.
    Turn the screen to the patient. They see their first name, and can say “This is not me”.
    Each answer is kept as it is given, even if the PC is switched off.
    Take the PC back with your PIN. After five wrong ones, or two hours, unlock with your passphrase as always: the answers are there.
    Check the answers together and finish the assessment.
guide-alone-also = patient mode hand over back pin tablet self complete not me

guide-paper_form = The form on paper
guide-paper_form-when = For whoever would rather use a pen. Print it blank, type it in later.
guide-paper_form-steps =
    On “{ title-hna_start }” choose “A form on paper”, with the patient’s name on it or without.
    The print size follows what is recorded for the patient.
    When it comes back, start an assessment with “On paper”, and give the day on which it was filled in and who answered.
    What the patient left empty stays unanswered: do not guess.
guide-paper_form-also = blank print pen type in later large print questionnaire

guide-home = Answers from home
guide-home-when = The patient answers on a website with a pass code, and the answers come back here with an alert.
guide-home-steps =
    On the overview invite the patient: record the code that My Care Plan gave, or have one made for the trust’s own website.
    Print the invitation. It says where to enter the code and until when.
    When the answers are there, choose “{ today-take-in }” on the first screen and open the file.
    If they name an open invitation they are in the record at once. If not, compare the person line by line and confirm, or refuse with a reason.
    Read the answers, write down what was done about the alert, and book the talk, face to face or by telephone.
guide-home-also = invitation pass code my care plan portal website alert file take in confirm

guide-offers = Offers of an assessment
guide-offers-when = Every offer counts, also one that was declined. The overview says when the next is due: at diagnosis, during and after treatment.
guide-offers-steps =
    On the overview choose “{ overview-offer-record }”.
    Say where on the pathway, what came of it and on which day. “Not offered” and “unable” need the reason.
    A later offer does not replace an earlier one: both stay.
    One that was entered by mistake is marked as such, with a reason. It stays readable and counts no more.
guide-offers-also = declined accepted undecided cosd pathway due refuse

guide-plan = The care plan
guide-plan-when = From what concerns the patient to what is agreed: who does what by when.
guide-plan-steps =
    Choose “{ overview-write-plan }” beside a finished assessment. What matters most to the patient comes first.
    Write what matters, in the patient’s words. “{ plan-add-concern }” is for what the patient did not raise.
    Add actions, as many as a concern needs: give information, signpost, refer, look again, or something the patient does. Signpost means that the patient gets in touch; refer means that we do.
    Say who does it and by when. Where nothing is to be done, say so: the patient wants nothing done, or nothing is needed.
    Choose “{ plan-agree }”, type day and month of birth and your passphrase. What was agreed, and its paper, do not change from then on.
    Later, “{ plan-end }” says of each action that it was done, declined or not needed, and what came of it. The plan need not be opened for that.
    If the patient wants no plan, record that beside the assessment: it then waits for none.
guide-plan-also = action goal owner due done outcome refer signpost information lock sign agree added concern not needed pcsp

guide-review = Going on from an earlier plan
guide-review-when = A plan is looked at again, or a new one is made from a newer assessment. The earlier one stays readable.
guide-review-steps =
    Choose “{ plan-review }” to go through an agreed plan together. Agreed again it is the next version.
    “{ plan-unlock }” is for putting something right, with a reason.
    A plan from a newer assessment takes the place of the one before. What is still open there is listed: choose “{ plan-former-carry }”, or say how it ended. Nothing is carried over by itself.
    “{ plan-version-compare }” puts two versions, or two plans, beside each other and says what differs.
    The version before holds until the next is agreed, and can always be read.
guide-review-also = version change unlock history compare side by side carry over old new

guide-rescore = Has it helped?
guide-rescore-when = Scoring the same concerns again some weeks later shows what has changed.
guide-rescore-steps =
    On the overview choose “{ overview-score-again }” beside the finished assessment. Its concerns are listed; more can be ticked.
    Score each from 0 to 10. Only here is there a 0: it is no concern now.
    On the same page, “{ hna-again-other }”: print the form with the 0 on it, or invite the patient to score again at home.
    The overview then says what changed since the last time, in sentences a patient can repeat at home. The page behind it has every assessment, and can be printed for the patient.
    Nothing is coloured by height: whether a change is good is for the patient to say.
guide-rescore-also = score again change over time better worse was now re-score compare

guide-directory = Places to turn to, and things to read
guide-directory-when = The team’s own list of services and topics, with telephone, hours and when that was last checked.
guide-directory-steps =
    What fits a concern stands beside it in the care plan. Nothing is added until you choose it, as given, signposted or referred.
    Telephone and hours are printed as they stood when you chose it.
    Open the directory from “{ frame-sessions }” to look something up, to “{ directory-add }”, or to change an entry.
    Ring or look it up, then choose “{ directory-check-do }”: the day and your name stand beside it.
    For a referral in an agreed plan there is a letter, with that concern and nothing else of the assessment.
guide-directory-also = services directory signpost macmillan benefits wig leaflet information telephone hours referral letter suggestion

guide-sessions = Sessions
guide-sessions-when = Physiotherapy, psychology and treatment sessions, and who is booked on which.
guide-sessions-steps =
    “{ frame-sessions }” shows the timetable. The team adds sessions and dates there. A date may be a day with a time, only a month, or not known yet: nobody has to invent one.
    To book, choose “{ bookings-book }” on the patient’s overview, and a date or whichever comes first. Say how many relatives come.
    The request goes to the Cancer Support Workers, and waits on their list until a place is confirmed. Who waits for a date comes up again as soon as there is one.
    A week before, a reminder is due on the first screen. Print the invitation for the patient.
    Afterwards, say whether the patient came.
guide-sessions-also = health wellbeing timetable booking waiting list teams relatives attendance reminder physiotherapy psychology group

guide-appointments = The talk afterwards
guide-appointments-when = The talk about an assessment, face to face, by telephone or by video.
guide-appointments-steps =
    On the overview choose “{ appointments-book }”. Leave the day open if it is not known: it then waits on the first screen.
    From its day on, say whether the patient came or was reached.
    Change it or call it off with a reason. Both stay readable.
guide-appointments-also = appointment call meeting book talk did not attend missed

guide-summary = The treatment summary
guide-summary-when = At the end of treatment, one record makes two papers: the patient’s and the GP’s.
guide-summary-steps =
    On the overview choose “{ overview-start-summary }” and the template of the tumour site.
    Tick only what applies. Nothing is ticked beforehand, and only ticked lines are printed, on both copies.
    Fill in what a line asks for. What the records have already is offered, so that nothing is typed twice.
    Sign with day and month of birth and your passphrase. Both copies are kept as they were signed.
    To put something right later, amend it with a reason: a new version takes its place and says so.
guide-summary-also = gp letter end of treatment template sign amend copies late effects

guide-paper = On paper
guide-paper-when = What you see is what is printed: pages, size and words.
guide-paper-steps =
    Press Ctrl+P on a plan, a summary or an invitation. Preview comes first.
    Type day and month of birth, then print, or save the PDF.
    A draft says that it is one, on each page.
    Who printed what, and when, stands in the record.
guide-paper-also = print pdf save printer preview copy large print

guide-sending = Sending to the trust
guide-sending-when = What is finished goes to the trust by itself whenever there is a network. You need not wait for it.
guide-sending-steps =
    “Saved here” means: safe on this PC. “Waiting to send” means: it will go by itself. “Sent” means: the trust has said that it has it.
    Without a network everything works as always.
    “Needs you” means that the trust did not accept something, or that a person has to decide. The page behind the header’s words says what and why.
    Of a record that was not accepted: “{ refused-correct }”; “{ refused-try-again }” once the cause is gone; “{ refused-export }” for your IT team; or “{ refused-withdraw }”. Only that patient’s records wait meanwhile.
    That page also says patient by patient what has not gone yet and since when. After a day without anything going it stands out; after a week it says whom to call.
    “{ sending-now }” tries at once, whatever pause there is. You need not press it: sending goes on by itself.
    What happened at the trust, as a record that was removed there, stands on that page too, with what you can say to it. Nothing here is ever changed or removed because of it.
    Nothing is ever shown as sent that is not.
guide-sending-also = sync upload network offline wifi waiting refused server send now queue withdraw copy oldest call IT desk notice lost missing restored again

guide-conflict = Two versions of one record
guide-conflict-when = Two colleagues changed the same record, one of them on another PC. Nothing is lost: both versions are kept, and you can go on working.
guide-conflict-steps =
    What only one of you changed is brought together without asking. What both changed differently waits for a person.
    “{ conflict-see }” stands on the patient’s overview, on the care plan and on the page about sending.
    Yours stands at the left, the trust’s at the right, with who changed it and when. What differs is bold and underlined.
    Choose for each part which one goes on. Nothing is chosen beforehand.
    “{ conflict-save }” makes a new version of both and sends it. The words you did not keep stay in the history.
    A care plan whose agreed words change by it is signed anew in your name, as its next version. Talk to the patient first.
    A record that was removed at the trust is sent again, or left removed with your reason.
    “{ conflict-later }” leaves everything as it is. Only the sending of this patient’s records waits.
guide-conflict-also = both clash collision merge changed removed deleted two PCs colleague choose side by side version

guide-reports = Reports and the cancer dataset
guide-reports-when = What the team has to report is worked out from what was recorded. Nothing is typed for it.
guide-reports-steps =
    Open “{ frame-reports }”, choose the days and “{ reports-count }”.
    What the registry would have to clean is listed first and left out, with the way to put each right.
    Choose what to save: the cancer dataset as two events or as the joined set, or the team’s figures.
    Nobody is named in the file unless you choose so and type your passphrase.
    What one record yields stands on its overview under “{ overview-cosd }”.
guide-reports-also = cosd export csv figures numbers audit dataset month

guide-colleagues = Colleagues and the recovery code
guide-colleagues-when = Who may open this PC, and what opens it when the key store has failed.
guide-colleagues-steps =
    The key holder adds colleagues, with a passphrase they choose themselves.
    The recovery code is printed once and kept on paper, away from this PC.
    Whoever forgot a passphrase is given a new one by the key holder. Nobody can read an old one.
guide-colleagues-also = add nurse user password passphrase forgot recovery key holder role

guide-server = The trust’s server and its check
guide-server-when = Where records go from this PC, how it signs in there, and whether that server keeps what is sent. For key holders.
guide-server-steps =
    Open “{ title-staff }” and choose “{ server-link }”. The address and the CA are set by your IT team.
    “{ server-take-in }” opens the file that your IT team made for this PC. Destroy the file afterwards.
    “{ server-check-do }” asks the server what it really does, with a few test resources about nobody.
    Most of what a server does otherwise is handled, and the report says how. Where it is unsafe nothing is sent, and everything stays safe here.
    “{ server-save }” makes a file for the people who look after the server.
guide-server-also = address url certificate ca key oauth token sign in conformance probe report unsafe integration

guide-death = When a patient has died
guide-death-when = Recording it stops what looks forward: offers, invitations, bookings. What was recorded stays.
guide-death-steps =
    Open “{ overview-correct }” and choose “{ overview-death-do }”.
    Type day and month of birth, and the day of death.
    What is dated after that day is shown to you first.
    If it was wrong, take it back with a reason.
guide-death-also = died deceased bereavement

guide-lock = Locking and changing over
guide-lock-when = Lock whenever you leave the PC. A colleague is in within seconds, and you come back to where you were.
guide-lock-steps =
    Press Ctrl+L, or “{ frame-lock }”. Everything typed is saved first, or you are told that it could not be.
    Without a key or a movement the PC locks by itself, with a warning a minute before.
    Training mode opens made-up patients only. Nothing of it is ever sent.
guide-lock-also = log out switch user idle timeout training practice

guide-keys = Keys that save time
guide-keys-when = The whole of every journey works without a mouse.
guide-keys-steps =
    Ctrl+F finds a patient, Ctrl+P previews the paper, Ctrl+L locks, F1 opens and closes this guide.
    F6 goes from one part of the window to the next, Shift+F6 back.
    Tab goes on, Shift+Tab back, Space ticks, arrows choose within a group, Enter presses.
guide-keys-also = keyboard shortcut mouse accessibility

guide-trouble = When something goes wrong
guide-trouble-when = Every message says what happened, what is safe and what to do next.
guide-trouble-steps =
    What the screen called “Saved here” is on the disk, encrypted. Switching the PC off loses none of it.
    After a crash, unlock: you come back to the question you were at.
    If the disk is full or cannot be written, nothing is shown as saved, and what you typed stays on the screen.
    If you cannot get in, choose “I cannot get in” on the lock screen. Nothing is deleted by trying.
    If the PC itself is lost: nobody can open the records without a passphrase and this PC’s own key.
guide-trouble-also = error problem crash lost broken disk power backup help
