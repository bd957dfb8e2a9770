-- product_month: what a store sold of a product in a month, as additive parts.
--
-- Reads the clean table transaction_line. One row for each store, month and product with a line,
-- be it sold or taken back. cogs is null, not 0, where none of these lines has a unit_cost.
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
order by store_id, month, product_id
