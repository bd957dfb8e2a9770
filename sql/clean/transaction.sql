-- transaction: delivered receipts -> clean receipts. See transaction_line.sql.
--
-- Reads raw_transaction (with feed_date and feed_row) and the clean tables store, customer and
-- transaction_line. A receipt's amounts are the sums of its clean lines; without one it is refused.
with
first_delivery as (
    select * from raw_transaction
    qualify row_number() over (partition by transaction_id order by feed_date, feed_row) = 1
),
sums as (
    select transaction_id, store_id, business_date, sum(gross) as gross, sum(discount) as discount,
           sum(net) as net, sum(tax) as tax
    from transaction_line
    group by transaction_id, store_id, business_date
)
select
    receipt.transaction_id, receipt.store_id, receipt.business_date, receipt.local_hour,
    receipt.begin_at, receipt.channel, receipt.kind, receipt.original_transaction_id,
    customer.customer_id, receipt.tender,
    sums.gross::decimal(12, 2) as gross, sums.discount::decimal(12, 2) as discount,
    sums.net::decimal(12, 2) as net, sums.tax::decimal(12, 2) as tax,
    (sums.net + sums.tax)::decimal(12, 2) as total
from first_delivery as receipt
join store using (store_id)
join sums using (transaction_id, store_id, business_date)
left join customer on customer.customer_id = receipt.customer_id
