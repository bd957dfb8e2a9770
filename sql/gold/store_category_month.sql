-- store_category_month: what a store sold of a category in a month, the sums of product_month.
--
-- Reads product_month and the clean table product, which says the category. A sum of nothing but
-- nulls is null: cogs is absent where no line of the category has a unit_cost.
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
order by store_id, month, category
