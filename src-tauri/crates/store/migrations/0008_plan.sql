-- Offers of a care plan: the assessment it was offered from; null for an offer of an assessment.

ALTER TABLE offer ADD COLUMN plan_for TEXT REFERENCES hna (id);
CREATE INDEX offer_plan ON offer (plan_for) WHERE plan_for IS NOT NULL;
