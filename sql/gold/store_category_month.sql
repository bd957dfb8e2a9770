-- store_category_month: what a store sold of a category in a month: the sums of product_month, and
-- what was missing on the shelf.
--
-- Reads product_month and the clean tables product, which says the category, visit, transaction
-- and inventory_day. A sum of nothing but nulls is null: cogs is absent where no line of the
-- category has a unit_cost.
--
-- product_days counts every product of the category that was listed (launched_on to delisted_on)
-- on each day on which the store was open (a visit or an in-store sale), also where nobody bought
-- it; stockout_days those on which it was missing for some time. Both are null where the store has
-- no row in inventory_day that month.
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
    select stocked.store_id, stocked.month, product.category, count(*) as product_days
    from stocked
    inner join open_day
        on open_day.store_id = stocked.store_id
        and substring(cast(open_day.business_date as varchar(10)), 1, 7) = stocked.month
    inner join product
        on (product.launched_on is null or open_day.business_date >= product.launched_on)
        and (product.delisted_on is null or open_day.business_date <= product.delisted_on)
    group by stocked.store_id, stocked.month, product.category
),
missing as (
    select
        inventory_day.store_id,
        substring(cast(inventory_day.business_date as varchar(10)), 1, 7) as month,
        product.category,
        count(*) as stockout_days
    from inventory_day
    inner join product on product.product_id = inventory_day.product_id
    where inventory_day.minutes_out_of_stock > 0
    group by
        inventory_day.store_id,
        substring(cast(inventory_day.business_date as varchar(10)), 1, 7),
        product.category
),
sold as (
    select
        product_month.store_id,
        product_month.month,
        product.category,
        cast(sum(product_month.net_sales) as decimal(18, 2)) as net_sales,
        cast(sum(product_month.cogs) as decimal(18, 2)) as cogs,
        cast(sum(product_month.units) as bigint) as units,
        cast(sum(product_month.discounts) as decimal(18, 2)) as discounts
    from product_month
    inner join product on product.product_id = product_month.product_id
    group by product_month.store_id, product_month.month, product.category
)
select
    sold.store_id,
    sold.month,
    sold.category,
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
    and missing.category = sold.category
left join listed
    on listed.store_id = sold.store_id
    and listed.month = sold.month
    and listed.category = sold.category
order by store_id, month, category
