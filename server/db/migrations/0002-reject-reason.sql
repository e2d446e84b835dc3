ALTER TABLE `bulletins` ADD `reject_reason` text;
