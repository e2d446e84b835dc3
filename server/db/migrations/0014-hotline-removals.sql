CREATE TABLE `hotline_removals` (
	`place` text PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`unit` text,
	`changed_by` text NOT NULL,
	`changed_ms` integer NOT NULL
);

-- What was taken away before, as the audit tells it.
INSERT INTO `hotline_removals` (`place`, `key`, `unit`, `changed_by`, `changed_ms`)
SELECT `key` || '/' || coalesce(`unit`, ''), `key`, `unit`, `actor`, max(`at_ms`)
FROM (
	SELECT `facts` ->> '$.key' AS `key`, `facts` ->> '$.unit' AS `unit`, `actor`, `at_ms`
	FROM `audit_entries` WHERE `action` = 'removeHotline'
)
GROUP BY `key`, `unit`;

ALTER TABLE `said_numbers` ADD `read_ms` integer NOT NULL DEFAULT 0;
ALTER TABLE `said_numbers` ADD `changed_by` text NOT NULL DEFAULT '[]';

UPDATE `said_numbers` SET `read_ms` = (SELECT `created_ms` FROM `clips` WHERE `sha256` = `clip`);

-- A later version that waits: whoever entered a number that it says may not release it, nor who took
-- one away since the version before it was made, and nobody has entered it again.
UPDATE `said_numbers` SET `changed_by` = (
	SELECT json_group_array(json(`by`)) FROM (
		SELECT h.`changed_by` AS `by` FROM `hotlines` h
		WHERE `said_numbers`.`numbers` ->> ('$."' || h.`key` || '"') = h.`number`
		UNION ALL
		SELECT r.`changed_by` FROM `hotline_removals` r
		WHERE `said_numbers`.`numbers` ->> ('$."' || r.`key` || '"') IS NOT NULL
			AND NOT EXISTS (SELECT 1 FROM `hotlines` h WHERE h.`key` = r.`key` AND h.`unit` IS r.`unit`)
			AND r.`changed_ms` >= (
				SELECT max(b.`created_ms`) FROM `bulletins` b, `bulletins` w
				WHERE w.`clip` = `said_numbers`.`clip` AND w.`state` IN ('draft', 'submitted')
					AND b.`first` = w.`first` AND b.`version` < w.`version`
			)
	)
)
WHERE `clip` IN (
	SELECT `clip` FROM `bulletins` WHERE `version` > 1 AND `state` IN ('draft', 'submitted')
);
