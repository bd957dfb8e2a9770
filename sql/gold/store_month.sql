-- store_month: the KPIs of a store in a month, the sums of store_day. Reads store_day.
-- A sum of nothing but nulls is null: an absent source stays absent.
select
    store_id,
    substring(cast(business_date as varchar(10)), 1, 7) as month,
    cast(sum(case when is_open then 1 else 0 end) as bigint) as open_days,
    cast(sum(gross_sales) as decimal(18, 2)) as gross_sales,
    cast(sum(discounts) as decimal(18, 2)) as discounts,
    cast(sum(returns) as decimal(18, 2)) as returns,
    cast(sum(net_sales) as decimal(18, 2)) as net_sales,
    cast(sum(cogs) as decimal(18, 2)) as cogs,
    cast(sum(tax) as decimal(18, 2)) as tax,
    cast(sum(transactions) as bigint) as transactions,
    cast(sum(return_transactions) as bigint) as return_transactions,
    cast(sum(visit_transactions) as bigint) as visit_transactions,
    cast(sum(units) as bigint) as units,
    cast(sum(visitors) as bigint) as visitors
from store_day
group by store_id, substring(cast(business_date as varchar(10)), 1, 7)
order by store_id, month
