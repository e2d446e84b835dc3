ALTER TABLE `pointers` ADD `withdrawals` text DEFAULT '{}' NOT NULL;

CREATE TABLE `speaker_reports` (
	`speaker` text PRIMARY KEY NOT NULL,
	`pointer_revision` integer NOT NULL,
	`preflight` text
);
