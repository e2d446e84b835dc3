CREATE TABLE `corrections` (
	`id` text PRIMARY KEY NOT NULL,
	`speaker` text NOT NULL,
	`unit` text NOT NULL,
	`belonged` integer NOT NULL,
	`from_day` text NOT NULL,
	`to_day` text NOT NULL,
	`reason` text NOT NULL,
	`found_ms` integer NOT NULL,
	`found_by` text NOT NULL,
	`envelope` text NOT NULL
);

CREATE TRIGGER `corrections_are_kept` BEFORE UPDATE ON `corrections` BEGIN SELECT RAISE(ABORT, 'evidence is never changed'); END;
CREATE TRIGGER `corrections_stay` BEFORE DELETE ON `corrections` BEGIN SELECT RAISE(ABORT, 'evidence is never removed'); END;
