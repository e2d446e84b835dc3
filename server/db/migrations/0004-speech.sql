ALTER TABLE `bulletins` ADD `manner` text;

CREATE TABLE `pronunciations` (
	`written` text PRIMARY KEY NOT NULL,
	`spoken` text,
	`changed_by` text NOT NULL,
	`changed_ms` integer NOT NULL
);
