-- store_date_hour: visits and sales of a store in one hour of one day, as additive parts.
--
-- Reads the clean tables transaction and visit. A visit counts in the hour on the store's clock
-- in which it began (visit.local_hour), a receipt likewise (transaction.local_hour); the net of
-- a clean receipt is the sum of its clean lines. One row for each store, day and hour with a
-- visit or a receipt, of either kind. visitors and visit_transactions are null where there are
-- no visits at all, else 0 in an hour without one.
with
receipt_sum as (
    select
        store_id,
        business_date,
        local_hour,
        sum(case when kind = 'SALE' then 1 else 0 end) as transactions,
        sum(case when kind = 'SALE' then net else -net end) as net_sales
    from transaction
    group by store_id, business_date, local_hour
),
visit_count as (
    select
        store_id,
        business_date,
        local_hour,
        count(*) as visitors,
        count(transaction_id) as visit_transactions
    from visit
    group by store_id, business_date, local_hour
),
either as (
    select store_id, business_date, local_hour from receipt_sum
    union
    select store_id, business_date, local_hour from visit_count
),
visits_of_all as (
    select count(*) as visits from visit
)
select
    either.store_id,
    either.business_date,
    cast(either.local_hour as integer) as hour,
    cast(case when visits_of_all.visits > 0
              then coalesce(visit_count.visitors, 0) end as bigint) as visitors,
    cast(case when visits_of_all.visits > 0
              then coalesce(visit_count.visit_transactions, 0) end as bigint) as visit_transactions,
    cast(coalesce(receipt_sum.transactions, 0) as bigint) as transactions,
    cast(coalesce(receipt_sum.net_sales, 0) as decimal(18, 2)) as net_sales
from either
cross join visits_of_all
left join receipt_sum
    on receipt_sum.store_id = either.store_id
    and receipt_sum.business_date = either.business_date
    and receipt_sum.local_hour = either.local_hour
left join visit_count
    on visit_count.store_id = either.store_id
    and visit_count.business_date = either.business_date
    and visit_count.local_hour = either.local_hour
order by store_id, business_date, hour
