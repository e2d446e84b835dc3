ALTER TABLE `excuses` ADD `accepted_by` text DEFAULT '' NOT NULL;
ALTER TABLE `excuses` ADD `envelope` text DEFAULT '' NOT NULL;
CREATE UNIQUE INDEX `excuses_period` ON `excuses` (`rule`, `speaker`, `period_from`);

CREATE TABLE `locks` (
	`week` text PRIMARY KEY NOT NULL,
	`locked_ms` integer NOT NULL,
	`heads` text NOT NULL,
	`locked_by` text NOT NULL,
	`envelope` text NOT NULL
);

CREATE TABLE `caps_with_versions` (
	`id` text NOT NULL,
	`version` integer NOT NULL,
	`unit` text NOT NULL,
	`from_day` text NOT NULL,
	`to_day` text,
	`max_sessions_per_day` integer,
	`max_days_per_week` integer,
	`max_session_minutes` real,
	`max_day_minutes` real,
	`forbidden_weekdays` text NOT NULL,
	`quiet_hours` text NOT NULL,
	PRIMARY KEY(`id`, `version`),
	FOREIGN KEY (`unit`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
INSERT INTO `caps_with_versions` SELECT `id`, 1, `unit`, `from_day`, `to_day`, `max_sessions_per_day`, `max_days_per_week`, `max_session_minutes`, `max_day_minutes`, `forbidden_weekdays`, `quiet_hours` FROM `caps`;
DROP TABLE `caps`;
ALTER TABLE `caps_with_versions` RENAME TO `caps`;

CREATE TRIGGER `excuses_are_kept` BEFORE UPDATE ON `excuses` BEGIN SELECT RAISE(ABORT, 'evidence is never changed'); END;
CREATE TRIGGER `excuses_stay` BEFORE DELETE ON `excuses` BEGIN SELECT RAISE(ABORT, 'evidence is never removed'); END;
CREATE TRIGGER `locks_are_kept` BEFORE UPDATE ON `locks` BEGIN SELECT RAISE(ABORT, 'evidence is never changed'); END;
CREATE TRIGGER `locks_stay` BEFORE DELETE ON `locks` BEGIN SELECT RAISE(ABORT, 'evidence is never removed'); END;
