CREATE TABLE `hotlines` (
	`id` text PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`unit` text,
	`number` text,
	`changed_by` text NOT NULL,
	`changed_ms` integer NOT NULL
);
CREATE UNIQUE INDEX `hotlines_place` ON `hotlines` (`key`, coalesce(`unit`, ''));

CREATE TABLE `said_numbers` (
	`clip` text PRIMARY KEY NOT NULL,
	`numbers` text NOT NULL,
	FOREIGN KEY (`clip`) REFERENCES `clips`(`sha256`) ON UPDATE no action ON DELETE no action
);
