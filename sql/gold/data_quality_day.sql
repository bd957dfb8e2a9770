-- data_quality_day: what became of the rows that were delivered, by table, feed date and rule.
--
-- Reads raw, quarantine and findings: raw_row(table_name, feed_date) has one row for each row of
-- raw/, quarantine(table_name, feed_date, rule) one for each row of quarantine/, and
-- findings(table_name, feed_date, rule, outcome) one for each row of findings/. feed_date is null
-- for snapshots.
--
-- Two kinds of rows, so that every sum over any of them is right. The row of rule 'delivered' says
-- how many rows came and how many of them are in clean: rows_in and accepted. The rows of all other
-- rules say what that rule did: values repaired, rows quarantined, rows dropped as duplicates. So,
-- over all rules of a table and day, rows_in = accepted + quarantined + duplicates.
with
event as (
    select table_name, feed_date, 'delivered' as rule, 1 as rows_in, 1 as accepted, 0 as repaired,
           0 as quarantined, 0 as duplicates
    from raw_row
    -- What validate refused never came to raw.
    union all
    select table_name, feed_date, 'delivered', 1, 0, 0, 0, 0
    from quarantine where stage = 'validate'
    -- What clean refused or dropped did, and is not in clean.
    union all
    select table_name, feed_date, 'delivered', 0, -1, 0, 0, 0
    from quarantine where stage = 'clean'
    union all
    select table_name, feed_date, 'delivered', 0, -1, 0, 0, 0
    from findings where outcome = 'DUPLICATE'
    union all
    select table_name, feed_date, rule, 0, 0, 0, 1, 0
    from quarantine
    union all
    select table_name, feed_date, rule, 0, 0,
           case when outcome = 'REPAIRED' then 1 else 0 end, 0,
           case when outcome = 'DUPLICATE' then 1 else 0 end
    from findings where outcome in ('REPAIRED', 'DUPLICATE')
)
select
    table_name,
    feed_date,
    rule,
    cast(sum(rows_in) as bigint) as rows_in,
    cast(sum(accepted) as bigint) as accepted,
    cast(sum(repaired) as bigint) as repaired,
    cast(sum(quarantined) as bigint) as quarantined,
    cast(sum(duplicates) as bigint) as duplicates
from event
group by table_name, feed_date, rule
order by table_name, feed_date, rule
