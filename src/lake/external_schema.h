// The lake's Parquet as external tables: read where it lies, on S3, by Athena and by Redshift.
#pragma once

#include <span>
#include <string>

#include "lake/lake.h"
#include "model/table_facts.h"

namespace retailsim::lake {

// CREATE EXTERNAL TABLE for each of `tables` in each of `layers` that has it, and for what lies
// beside the layers (quarantine, findings), whose rows "$path" tells apart. In the text, {lake}
// stands for the lake's address. Months and feed dates are partitions; where the rows have a
// column of the folder's name, the partition is called <name>_folder.

// For Athena: databases retailsim_<layer>, partitions by projection.
std::string athena_schema(std::span<const TableFacts> tables, std::span<const Layer> layers);

// For Redshift Spectrum: schemas lake_<layer> over Glue databases of their own; partitions have to
// be added.
std::string spectrum_schema(std::span<const TableFacts> tables, std::span<const Layer> layers);

// ALTER TABLE … ADD PARTITION for every month and feed date that `lake` has of them.
std::string spectrum_partitions(std::span<const TableFacts> tables, std::span<const Layer> layers,
                                Lake& lake);

// The text with the address of a lake instead of {lake}.
std::string of_lake(std::string text, std::string address);

}  // namespace retailsim::lake
