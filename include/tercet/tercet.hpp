#pragma once

/// Everything a user of the library needs. Link tercet::tercet.
#include "tercet/database.hpp"
#include "tercet/error.hpp"
#include "tercet/extract.hpp"
#include "tercet/graph.hpp"
#include "tercet/maintenance.hpp"
#include "tercet/rdf.hpp"
#include "tercet/result.hpp"
#include "tercet/saved_query.hpp"
#include "tercet/term.hpp"
