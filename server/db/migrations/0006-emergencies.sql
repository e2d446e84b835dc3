CREATE TABLE `emergencies` (
	`id` text PRIMARY KEY NOT NULL,
	`envelope` text NOT NULL,
	`issued_ms` integer NOT NULL,
	`expires_ms` integer NOT NULL,
	`bulletins` text NOT NULL,
	`cancelled_ms` integer,
	`cleared` integer NOT NULL
);

CREATE TABLE `emergency_answers` (
	`emergency` text NOT NULL,
	`speaker` text NOT NULL,
	`seq` integer NOT NULL,
	`outcome` text NOT NULL,
	`reason` text,
	`received_ms` integer NOT NULL,
	PRIMARY KEY(`speaker`, `seq`)
);

CREATE INDEX `emergency_answers_emergency` ON `emergency_answers` (`emergency`);
