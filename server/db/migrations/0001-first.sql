CREATE TABLE `campaigns` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`directive` text,
	`from_day` text NOT NULL,
	`to_day` text NOT NULL,
	FOREIGN KEY (`directive`) REFERENCES `directives`(`id`) ON UPDATE no action ON DELETE no action
);

CREATE TABLE `caps` (
	`id` text PRIMARY KEY NOT NULL,
	`unit` text NOT NULL,
	`from_day` text NOT NULL,
	`to_day` text,
	`max_sessions_per_day` integer,
	`max_days_per_week` integer,
	`max_session_minutes` real,
	`max_day_minutes` real,
	`forbidden_weekdays` text NOT NULL,
	`quiet_hours` text NOT NULL,
	FOREIGN KEY (`unit`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);

CREATE TABLE `directives` (
	`id` text PRIMARY KEY NOT NULL,
	`number` text NOT NULL,
	`issuer` text NOT NULL,
	`day` text NOT NULL,
	`abstract` text NOT NULL
);

CREATE TABLE `excuses` (
	`id` text PRIMARY KEY NOT NULL,
	`rule` text NOT NULL,
	`speaker` text NOT NULL,
	`period_from` text NOT NULL,
	`reason` text NOT NULL,
	`accepted_ms` integer NOT NULL
);

CREATE TABLE `rules` (
	`id` text NOT NULL,
	`version` integer NOT NULL,
	`version_from` text NOT NULL,
	`directive` text,
	`campaign` text NOT NULL,
	`unit` text NOT NULL,
	`scope` text NOT NULL,
	`level` text,
	`coverage` text NOT NULL,
	`per` text NOT NULL,
	`every_days` integer,
	`min_occurrences` integer NOT NULL,
	`min_minutes` real,
	`from_day` text NOT NULL,
	`to_day` text NOT NULL,
	`weekdays` text NOT NULL,
	`dayparts` text NOT NULL,
	`min_spacing_min` integer NOT NULL,
	`max_gap_s` integer NOT NULL,
	`start_tolerance_s` integer NOT NULL,
	`counts` text NOT NULL,
	`unless_aired` text,
	PRIMARY KEY(`id`, `version`),
	FOREIGN KEY (`directive`) REFERENCES `directives`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`campaign`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);

CREATE TABLE `audit_entries` (
	`id` text PRIMARY KEY NOT NULL,
	`actor` text NOT NULL,
	`action` text NOT NULL,
	`subject` text NOT NULL,
	`facts` text NOT NULL,
	`at_ms` integer NOT NULL
);

CREATE TABLE `bulletins` (
	`id` text PRIMARY KEY NOT NULL,
	`title` text NOT NULL,
	`script` text,
	`language` text NOT NULL,
	`campaigns` text NOT NULL,
	`role` text NOT NULL,
	`priority` text NOT NULL,
	`clip` text NOT NULL,
	`state` text NOT NULL,
	`trial` integer NOT NULL,
	`valid_from_ms` integer NOT NULL,
	`expires_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`created_ms` integer NOT NULL,
	`released_ms` integer,
	FOREIGN KEY (`clip`) REFERENCES `clips`(`sha256`) ON UPDATE no action ON DELETE no action
);

CREATE TABLE `clips` (
	`sha256` text PRIMARY KEY NOT NULL,
	`bytes` integer NOT NULL,
	`duration_ms` integer NOT NULL,
	`loudness_lufs` real NOT NULL,
	`true_peak_dbtp` real NOT NULL,
	`created_ms` integer NOT NULL
);

CREATE TABLE `releases` (
	`id` text PRIMARY KEY NOT NULL,
	`bulletin` text NOT NULL,
	`clip` text NOT NULL,
	`envelope` text NOT NULL,
	`released_ms` integer NOT NULL,
	FOREIGN KEY (`bulletin`) REFERENCES `bulletins`(`id`) ON UPDATE no action ON DELETE no action
);

CREATE INDEX `releases_bulletin` ON `releases` (`bulletin`);
CREATE TABLE `findings` (
	`id` text PRIMARY KEY NOT NULL,
	`speaker` text NOT NULL,
	`seq` integer NOT NULL,
	`code` text NOT NULL,
	`facts` text NOT NULL,
	`found_ms` integer NOT NULL
);

CREATE INDEX `findings_speaker` ON `findings` (`speaker`);
CREATE TABLE `limits` (
	`speaker` text PRIMARY KEY NOT NULL,
	`revision` integer NOT NULL,
	`envelope` text NOT NULL
);

CREATE TABLE `orders` (
	`id` text PRIMARY KEY NOT NULL,
	`speaker` text NOT NULL,
	`expires_ms` integer NOT NULL,
	`order_json` text NOT NULL,
	`drill` integer NOT NULL,
	`created_ms` integer NOT NULL
);

CREATE INDEX `orders_speaker` ON `orders` (`speaker`,`expires_ms`);
CREATE TABLE `outbox` (
	`place` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`topic` text NOT NULL,
	`payload` text NOT NULL,
	`retain` integer NOT NULL
);

CREATE UNIQUE INDEX `outbox_id_unique` ON `outbox` (`id`);
CREATE TABLE `playlists` (
	`sha256` text PRIMARY KEY NOT NULL,
	`text` text NOT NULL,
	`created_ms` integer NOT NULL
);

CREATE TABLE `pointers` (
	`speaker` text PRIMARY KEY NOT NULL,
	`revision` integer NOT NULL,
	`days` text NOT NULL,
	`envelope` text NOT NULL
);

CREATE TABLE `records` (
	`speaker` text NOT NULL,
	`seq` integer NOT NULL,
	`hash` text NOT NULL,
	`envelope` text NOT NULL,
	`received_ms` integer NOT NULL,
	PRIMARY KEY(`speaker`, `seq`)
);

CREATE TABLE `retained_messages` (
	`topic` text PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`payload` text NOT NULL
);

CREATE TABLE `accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`provider_id` text NOT NULL,
	`user_id` text NOT NULL,
	`access_token` text,
	`refresh_token` text,
	`id_token` text,
	`access_token_expires_at` integer,
	`refresh_token_expires_at` integer,
	`scope` text,
	`password` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);

CREATE INDEX `accounts_user` ON `accounts` (`user_id`);
CREATE TABLE `rate_limits` (
	`id` text PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`count` integer NOT NULL,
	`last_request` integer NOT NULL
);

CREATE UNIQUE INDEX `rate_limits_key_unique` ON `rate_limits` (`key`);
CREATE TABLE `sign_in_sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`expires_at` integer NOT NULL,
	`token` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`ip_address` text,
	`user_agent` text,
	`user_id` text NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);

CREATE UNIQUE INDEX `sign_in_sessions_token_unique` ON `sign_in_sessions` (`token`);
CREATE INDEX `sign_in_sessions_user` ON `sign_in_sessions` (`user_id`);
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`email_verified` integer NOT NULL,
	`image` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`username` text NOT NULL,
	`roles` text NOT NULL,
	`password_change_required` integer NOT NULL
);

CREATE UNIQUE INDEX `users_email_unique` ON `users` (`email`);
CREATE UNIQUE INDEX `users_username_unique` ON `users` (`username`);
CREATE TABLE `verifications` (
	`id` text PRIMARY KEY NOT NULL,
	`identifier` text NOT NULL,
	`value` text NOT NULL,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);

CREATE TABLE `enrolment_codes` (
	`code_hash` text PRIMARY KEY NOT NULL,
	`speaker` text NOT NULL,
	`expires_ms` integer NOT NULL,
	`used_ms` integer,
	FOREIGN KEY (`speaker`) REFERENCES `speakers`(`id`) ON UPDATE no action ON DELETE no action
);

CREATE TABLE `notes` (
	`name` text PRIMARY KEY NOT NULL,
	`text` text NOT NULL
);

CREATE TABLE `sites` (
	`slug` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`zone` text NOT NULL,
	`four_eyes` integer NOT NULL,
	`created_ms` integer NOT NULL
);

CREATE TABLE `speaker_secrets` (
	`speaker` text PRIMARY KEY NOT NULL,
	`secret_hash` text NOT NULL,
	FOREIGN KEY (`speaker`) REFERENCES `speakers`(`id`) ON UPDATE no action ON DELETE no action
);

CREATE UNIQUE INDEX `speaker_secrets_hash` ON `speaker_secrets` (`secret_hash`);
CREATE TABLE `speakers` (
	`id` text PRIMARY KEY NOT NULL,
	`unit` text NOT NULL,
	`name` text NOT NULL,
	`state` text NOT NULL,
	`public_key` text,
	`key_id` text,
	`volume` integer NOT NULL,
	`created_ms` integer NOT NULL,
	`enrolled_ms` integer,
	`removed_ms` integer,
	FOREIGN KEY (`unit`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);

CREATE TABLE `units` (
	`id` text PRIMARY KEY NOT NULL,
	`parent` text,
	`level` text NOT NULL,
	`name` text NOT NULL,
	`from_day` text NOT NULL,
	`to_day` text
);


CREATE TRIGGER `records_are_kept` BEFORE UPDATE ON `records` BEGIN SELECT RAISE(ABORT, 'evidence is never changed'); END;
CREATE TRIGGER `records_stay` BEFORE DELETE ON `records` BEGIN SELECT RAISE(ABORT, 'evidence is never removed'); END;
CREATE TRIGGER `releases_are_kept` BEFORE UPDATE ON `releases` BEGIN SELECT RAISE(ABORT, 'evidence is never changed'); END;
CREATE TRIGGER `releases_stay` BEFORE DELETE ON `releases` BEGIN SELECT RAISE(ABORT, 'evidence is never removed'); END;
CREATE TRIGGER `findings_are_kept` BEFORE UPDATE ON `findings` BEGIN SELECT RAISE(ABORT, 'evidence is never changed'); END;
CREATE TRIGGER `findings_stay` BEFORE DELETE ON `findings` BEGIN SELECT RAISE(ABORT, 'evidence is never removed'); END;
CREATE TRIGGER `audit_entries_are_kept` BEFORE UPDATE ON `audit_entries` BEGIN SELECT RAISE(ABORT, 'evidence is never changed'); END;
CREATE TRIGGER `audit_entries_stay` BEFORE DELETE ON `audit_entries` BEGIN SELECT RAISE(ABORT, 'evidence is never removed'); END;
