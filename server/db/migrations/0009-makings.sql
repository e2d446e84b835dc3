CREATE TABLE `makings` (
	`bulletin` text PRIMARY KEY NOT NULL,
	`clip` text NOT NULL,
	`original` text,
	`source_ms` integer NOT NULL,
	`cut_start_ms` integer NOT NULL,
	`cut_end_ms` integer NOT NULL,
	`choices` text NOT NULL,
	`peaks` text NOT NULL,
	FOREIGN KEY (`bulletin`) REFERENCES `bulletins`(`id`) ON UPDATE no action ON DELETE no action
);

CREATE INDEX `makings_clip` ON `makings` (`clip`);
