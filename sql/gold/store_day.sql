-- store_day: the KPIs of a store on a day, as additive parts. This text is the definition; the C++
-- pass that fills lake/gold/store_day is held to it, to the cent.
--
-- Reads the clean tables store, transaction, transaction_line and visit. `transaction` is an
-- ordinary name in DuckDB, Spark SQL, PostgreSQL and Redshift; elsewhere quote it.
--
-- One row for each store and each day from the first to the last business_date found in
-- receipts, lines and visits, as far as the store existed then (opened_on to closed_on, both
-- included; null is no bound). A source that is absent is null, not 0: cogs and tax where no line
-- of the store's day has one, visitors and visit_transactions where there are no visits at all.
with
digit as (
    select 0 as d union all select 1 union all select 2 union all select 3 union all select 4
    union all select 5 union all select 6 union all select 7 union all select 8 union all select 9
),
whole_number as (  -- 0 to 99,999: enough days for 273 years, in any dialect
    select a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d as n
    from digit as a cross join digit as b cross join digit as c cross join digit as e
    cross join digit as f
),
span as (
    select min(business_date) as data_from, max(business_date) as data_through
    from (
        select business_date from transaction_line
        union all select business_date from transaction
        union all select business_date from visit
    ) as dated
),
store_calendar as (
    select store.store_id, span.data_from + whole_number.n as business_date
    from store
    cross join span
    inner join whole_number on span.data_from + whole_number.n <= span.data_through
    where (store.opened_on is null or span.data_from + whole_number.n >= store.opened_on)
      and (store.closed_on is null or span.data_from + whole_number.n <= store.closed_on)
),
line_sum as (
    select
        store_id,
        business_date,
        sum(case when kind = 'SALE' then gross else 0 end) as gross_sales,
        sum(case when kind = 'SALE' then discount else 0 end) as discounts,
        sum(case when kind = 'RETURN' then net else 0 end) as returns,
        sum(case when kind = 'SALE' then unit_cost * quantity
                 else -unit_cost * quantity end) as cogs,
        sum(case when kind = 'SALE' then tax else -tax end) as tax,
        sum(case when kind = 'SALE' then quantity else -quantity end) as units
    from transaction_line
    group by store_id, business_date
),
receipt_count as (
    select
        store_id,
        business_date,
        sum(case when kind = 'SALE' then 1 else 0 end) as transactions,
        sum(case when kind = 'RETURN' then 1 else 0 end) as return_transactions,
        sum(case when kind = 'SALE' and channel = 'STORE' then 1 else 0 end) as in_store_sales
    from transaction
    group by store_id, business_date
),
visit_count as (
    select
        store_id,
        business_date,
        count(*) as visitors,
        count(transaction_id) as visit_transactions
    from visit
    group by store_id, business_date
),
visits_of_all as (
    select count(*) as visits from visit
)
select
    store_calendar.store_id,
    store_calendar.business_date,
    coalesce(visit_count.visitors, 0) > 0
        or coalesce(receipt_count.in_store_sales, 0) > 0 as is_open,
    cast(coalesce(line_sum.gross_sales, 0) as decimal(18, 2)) as gross_sales,
    cast(coalesce(line_sum.discounts, 0) as decimal(18, 2)) as discounts,
    cast(coalesce(line_sum.returns, 0) as decimal(18, 2)) as returns,
    cast(coalesce(line_sum.gross_sales - line_sum.discounts - line_sum.returns, 0)
         as decimal(18, 2)) as net_sales,
    cast(line_sum.cogs as decimal(18, 2)) as cogs,
    cast(line_sum.tax as decimal(18, 2)) as tax,
    cast(coalesce(receipt_count.transactions, 0) as bigint) as transactions,
    cast(coalesce(receipt_count.return_transactions, 0) as bigint) as return_transactions,
    cast(case when visits_of_all.visits > 0
              then coalesce(visit_count.visit_transactions, 0) end as bigint) as visit_transactions,
    cast(coalesce(line_sum.units, 0) as bigint) as units,
    cast(case when visits_of_all.visits > 0
              then coalesce(visit_count.visitors, 0) end as bigint) as visitors
from store_calendar
cross join visits_of_all
left join line_sum
    on line_sum.store_id = store_calendar.store_id
    and line_sum.business_date = store_calendar.business_date
left join receipt_count
    on receipt_count.store_id = store_calendar.store_id
    and receipt_count.business_date = store_calendar.business_date
left join visit_count
    on visit_count.store_id = store_calendar.store_id
    and visit_count.business_date = store_calendar.business_date
order by store_id, business_date
