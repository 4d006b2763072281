-- Hand-overs: why answers were given up that nobody could ever read, and whether it may have been lost that the person was somebody else.

ALTER TABLE hand_over ADD COLUMN give_up_reason TEXT;
ALTER TABLE hand_over ADD COLUMN doubtful INTEGER NOT NULL DEFAULT 0;
