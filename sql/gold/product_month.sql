-- product_month: what a store sold of a product in a month, as additive parts.
--
-- Reads the clean tables transaction_line, transaction, visit, product and inventory_day. One row
-- for each store, month and product with a line, be it sold or taken back. cogs is null, not 0,
-- where none of these lines has a unit_cost.
--
-- product_days: the days of the month on which the product was listed (launched_on to delisted_on)
-- and the store open (a visit or an in-store sale). stockout_days: those on which it was missing
-- for some time. Both are null where the store has no row in inventory_day that month.
with
open_day as (
    select store_id, business_date from visit
    union
    select store_id, business_date from transaction where kind = 'SALE' and channel = 'STORE'
),
stocked as (
    select distinct store_id, substring(cast(business_date as varchar(10)), 1, 7) as month
    from inventory_day
),
listed as (
    select stocked.store_id, stocked.month, product.product_id, count(*) as product_days
    from stocked
    inner join open_day
        on open_day.store_id = stocked.store_id
        and substring(cast(open_day.business_date as varchar(10)), 1, 7) = stocked.month
    inner join product
        on (product.launched_on is null or open_day.business_date >= product.launched_on)
        and (product.delisted_on is null or open_day.business_date <= product.delisted_on)
    group by stocked.store_id, stocked.month, product.product_id
),
missing as (
    select
        store_id,
        substring(cast(business_date as varchar(10)), 1, 7) as month,
        product_id,
        count(*) as stockout_days
    from inventory_day
    where minutes_out_of_stock > 0
    group by store_id, substring(cast(business_date as varchar(10)), 1, 7), product_id
),
sold as (
    select
        store_id,
        substring(cast(business_date as varchar(10)), 1, 7) as month,
        product_id,
        cast(sum(case when kind = 'SALE' then net else -net end) as decimal(18, 2)) as net_sales,
        cast(sum(case when kind = 'SALE' then unit_cost * quantity
                      else -unit_cost * quantity end) as decimal(18, 2)) as cogs,
        cast(sum(case when kind = 'SALE' then quantity else -quantity end) as bigint) as units,
        cast(sum(case when kind = 'SALE' then discount else 0 end) as decimal(18, 2)) as discounts
    from transaction_line
    group by store_id, substring(cast(business_date as varchar(10)), 1, 7), product_id
)
select
    sold.store_id,
    sold.month,
    sold.product_id,
    sold.net_sales,
    sold.cogs,
    sold.units,
    sold.discounts,
    cast(case when stocked.store_id is not null
              then coalesce(missing.stockout_days, 0) end as bigint) as stockout_days,
    cast(case when stocked.store_id is not null
              then coalesce(listed.product_days, 0) end as bigint) as product_days
from sold
left join stocked on stocked.store_id = sold.store_id and stocked.month = sold.month
left join missing
    on missing.store_id = sold.store_id
    and missing.month = sold.month
    and missing.product_id = sold.product_id
left join listed
    on listed.store_id = sold.store_id
    and listed.month = sold.month
    and listed.product_id = sold.product_id
order by store_id, month, product_id
