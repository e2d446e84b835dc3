ALTER TABLE `bulletins` ADD `units` text DEFAULT '[]' NOT NULL;
ALTER TABLE `bulletins` ADD `supplier` text;
ALTER TABLE `bulletins` ADD `first` text DEFAULT '' NOT NULL;
ALTER TABLE `bulletins` ADD `version` integer DEFAULT 1 NOT NULL;
ALTER TABLE `bulletins` ADD `version_reason` text;
UPDATE `bulletins` SET `first` = `id`;
CREATE UNIQUE INDEX `bulletins_version` ON `bulletins` (`first`, `version`);

CREATE TABLE `bulletin_comments` (
	`id` text PRIMARY KEY NOT NULL,
	`first` text NOT NULL,
	`bulletin` text NOT NULL,
	`author` text NOT NULL,
	`text` text NOT NULL,
	`at_ms` integer NOT NULL,
	FOREIGN KEY (`bulletin`) REFERENCES `bulletins`(`id`) ON UPDATE no action ON DELETE no action
);

CREATE INDEX `bulletin_comments_first` ON `bulletin_comments` (`first`);
CREATE INDEX `audit_entries_subject` ON `audit_entries` (`subject`);

ALTER TABLE `users` ADD `unit` text;

CREATE TRIGGER `bulletin_comments_are_kept` BEFORE UPDATE ON `bulletin_comments` BEGIN SELECT RAISE(ABORT, 'evidence is never changed'); END;
CREATE TRIGGER `bulletin_comments_stay` BEFORE DELETE ON `bulletin_comments` BEGIN SELECT RAISE(ABORT, 'evidence is never removed'); END;
