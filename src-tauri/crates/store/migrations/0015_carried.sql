-- When a sending that waits was last written to a file that is carried to the trust by hand, UTC milliseconds.

ALTER TABLE sending ADD COLUMN carried_at INTEGER;
