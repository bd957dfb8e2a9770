-- customer_month: how many known customers bought in a store in a month.
--
-- Reads the clean table transaction. A customer is new in the month of the first SALE that the
-- data has of them in any store of the chain, and then new in each store they bought in that
-- month; in later months they are returning, also in a store that is new to them. Receipts
-- without a customer count nowhere. One row for each store and month with such a customer.
-- The columns are not called `new` and `returning`: these are reserved words in SQL.
with
buyer as (
    select distinct
        store_id,
        substring(cast(business_date as varchar(10)), 1, 7) as month,
        customer_id
    from transaction
    where kind = 'SALE' and customer_id is not null
),
first_purchase as (
    select customer_id, min(month) as month
    from buyer
    group by customer_id
)
select
    buyer.store_id,
    buyer.month,
    cast(sum(case when first_purchase.month = buyer.month then 1 else 0 end)
         as bigint) as new_customers,
    cast(sum(case when first_purchase.month < buyer.month then 1 else 0 end)
         as bigint) as returning_customers
from buyer
inner join first_purchase on first_purchase.customer_id = buyer.customer_id
group by buyer.store_id, buyer.month
order by store_id, month
