CREATE TABLE `idents` (
	`place` text PRIMARY KEY NOT NULL,
	`role` text NOT NULL,
	`unit` text,
	`bulletin` text,
	`changed_by` text NOT NULL,
	`changed_ms` integer NOT NULL
);

-- What was released as an ident or a closing before, the latest of each unit; what has expired silences
-- none that still sounds.
WITH placed AS (
	SELECT b.`role`, u.value AS `unit`, b.`first`, b.`created_by`, b.`released_ms`,
		b.`expires_ms` > CAST(strftime('%s', 'now') AS INTEGER) * 1000 AS `lasts`
	FROM `bulletins` b LEFT JOIN json_each(b.`units`) u
	WHERE b.`role` IN ('ident', 'closing') AND b.`state` = 'released' AND b.`trial` = 0
), latest AS (
	SELECT *, row_number() OVER (
		PARTITION BY `role`, `unit` ORDER BY `lasts` DESC, `released_ms` DESC, `first` DESC
	) AS nth FROM placed
)
INSERT INTO `idents` (`place`, `role`, `unit`, `bulletin`, `changed_by`, `changed_ms`)
SELECT `role` || '/' || coalesce(`unit`, ''), `role`, `unit`, `first`, `created_by`, coalesce(`released_ms`, 0)
FROM latest WHERE nth = 1;
