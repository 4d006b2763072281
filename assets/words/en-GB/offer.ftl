# Offers of an assessment and of a care plan, and recording a death.

decision-undecided = Offered, not decided yet
decision-declined = Offered, declined
decision-accepted = Offered, accepted
decision-not_offered = Not offered
decision-unable = Offered, not able to complete one
decision-not_offered-hint = For a clinical reason
offer-heading = Record an offer of an assessment
offer-quiet = Each offer stays in the record, also when a later one follows.
offer-point = Where on the pathway?
offer-decision = What came of it?
offer-reason = The reason
offer-reason-needed = Why?
offer-reason-hint = Goes to the trust with the offer
offer-on = Day of the offer
offer-on-hint = For example 23 11 2026
offer-today = Use today, { $date }
offer-do = Record the offer
offer-again = It was offered again: record it
plan-offer-heading = Record an offer of a care plan
plan-offer-quiet = From the assessment of { $date }. A plan that is declined is no longer on the work list.
what-point = the point of the pathway
what-decision = what came of the offer
what-offer-reason = the reason
what-on = the day of the offer

overview-offers = Offers of assessments and plans
overview-offers-none = None recorded yet
overview-offer-record = Record an offer
overview-offer-due = { $point ->
    [initial_diagnosis] Offer an assessment: at diagnosis
    [recurrence] Offer an assessment: it came back
    [during_treatment] Offer an assessment: during treatment
   *[other] Offer an assessment: after treatment
}
overview-offer-due-since = { $point ->
    [initial_diagnosis] Diagnosed { $date }. No offer and no assessment at this point is recorded.
    [recurrence] It came back { $date }. No offer and no assessment at this point is recorded.
    [during_treatment] Treatment since { $date }. No offer and no assessment at this point is recorded.
   *[other] Treatment ended { $date }. No offer and no assessment at this point is recorded.
}
overview-offer-what = { $point }, { $date }
overview-offer-what-plan = Care plan from the assessment of { $assessed }, { $date }
overview-offer-plan = Offer of a plan
overview-offer-plan-what = Offer of a plan, { $what }
overview-plan-offer = Care plan, { $date }: { $decision }
overview-offer-mistaken = Entered by mistake. It does not count.
overview-offer-mistaken-why = { $reason } ({ $name }, { $date })
overview-offer-mark = Entered by mistake
overview-offer-mark-what = Entered by mistake: { $what }
overview-offer-mark-reason = Why is this offer wrong?
overview-offer-mark-do = Mark as a mistake
what-mistaken-reason = why the offer is wrong

death-heading = Record a death
death-quiet = After this nothing is offered or started any more. A form that was answered on paper before the death can still be entered. The record stays readable.
death-identity = Day and month of birth
death-identity-hint = From a letter or the hospital’s system, not from this screen
death-died = Day of death
death-died-hint = For example 20 11 2026
death-do = Record the death
death-sure = The day is right: record it
death-taken-back = A death was recorded here before and taken back: { $reason }
death-recorded = { $name } died on { $date }
death-back-heading = Take back the recorded death
death-back-more = Only if it was recorded for the wrong person or with the wrong day. The right day can be recorded afterwards.
death-back-reason = Reason
death-back-do = Take it back
what-died = the day of death
what-death-reason = the reason
overview-death = If the patient has died
overview-death-more = Stops all offers, and nothing can be dated later.
overview-death-do = Record a death
overview-death-wrong = If this is wrong
overview-death-wrong-do = Take it back
