-- basket_size_month: the sale receipts of a store in a month by the number of their lines.
--
-- Reads the clean tables transaction and transaction_line. Lines that clean has refused do not
-- count. One row for each store, month and bucket that has a receipt.
with
line_count as (
    select transaction_id, count(*) as line_total
    from transaction_line
    group by transaction_id
),
sale as (
    select
        transaction.store_id,
        substring(cast(transaction.business_date as varchar(10)), 1, 7) as month,
        case
            when line_count.line_total = 1 then '1'
            when line_count.line_total <= 3 then '2-3'
            when line_count.line_total <= 6 then '4-6'
            when line_count.line_total <= 10 then '7-10'
            when line_count.line_total <= 20 then '11-20'
            else '21+'
        end as lines_bucket
    from transaction
    inner join line_count on line_count.transaction_id = transaction.transaction_id
    where transaction.kind = 'SALE'
)
select
    store_id,
    month,
    lines_bucket,
    cast(count(*) as bigint) as transactions
from sale
group by store_id, month, lines_bucket
order by store_id, month, lines_bucket
