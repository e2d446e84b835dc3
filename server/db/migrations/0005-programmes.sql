CREATE TABLE `programmes` (
	`id` text PRIMARY KEY NOT NULL,
	`unit` text NOT NULL,
	`name` text NOT NULL,
	`from_day` text NOT NULL,
	`to_day` text,
	`weekdays` text NOT NULL,
	`starts_at` text NOT NULL,
	`ends_at` text NOT NULL,
	`suspended` integer NOT NULL,
	FOREIGN KEY (`unit`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
