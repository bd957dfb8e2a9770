"""The tables that the DAGs know by name: those extracted, and an Asset a published KPI table.

tests/airflow holds both lists to the program.
"""

from airflow.sdk import Asset

# transaction_line comes with transaction, promotion_product with promotion.
FEED_TABLES = [
    "store",
    "product",
    "price",
    "promotion",
    "customer",
    "transaction",
    "visit",
    "inventory_day",
    "weather_day",
]
GOLD_TABLES = [
    "basket_size_month",
    "customer_month",
    "customer_rfm",
    "data_quality_day",
    "product_month",
    "promotion_result",
    "store_category_month",
    "store_date_hour",
    "store_day",
    "store_hour",
    "store_month",
]
GOLD_ASSETS = [
    Asset(name=f"retailsim_gold_{table}", uri=f"x-retailsim://gold/{table}", group="retailsim")
    for table in GOLD_TABLES
]
