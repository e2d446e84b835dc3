-- What a version says, and by whose deeds, is kept for the version: another one may have the same bytes.
CREATE TABLE `said_by_version` (
	`bulletin` text PRIMARY KEY NOT NULL,
	`numbers` text NOT NULL,
	`read_ms` integer NOT NULL,
	`changed_by` text NOT NULL,
	FOREIGN KEY (`bulletin`) REFERENCES `bulletins`(`id`) ON UPDATE no action ON DELETE no action
);

INSERT INTO `said_by_version` (`bulletin`, `numbers`, `read_ms`, `changed_by`)
SELECT b.`id`, s.`numbers`, s.`read_ms`, s.`changed_by`
FROM `bulletins` b JOIN `said_numbers` s ON s.`clip` = b.`clip`;

DROP TABLE `said_numbers`;
ALTER TABLE `said_by_version` RENAME TO `said_numbers`;
