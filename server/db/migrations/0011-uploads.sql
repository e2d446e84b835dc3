CREATE TABLE `uploads` (
	`id` text PRIMARY KEY NOT NULL,
	`owner` text NOT NULL,
	`file_name` text NOT NULL,
	`mark` text NOT NULL,
	`bytes` integer NOT NULL,
	`description` text NOT NULL,
	`step` text NOT NULL,
	`source` text,
	`problem` text,
	`bulletin` text,
	`created_ms` integer NOT NULL,
	`changed_ms` integer NOT NULL
);

CREATE INDEX `uploads_step` ON `uploads` (`step`);

CREATE INDEX `uploads_owner` ON `uploads` (`owner`);
