#include "simulate/people.h"

#include <fmt/core.h>

#include <array>

#include "simulate/random.h"

namespace retailsim::simulate {
namespace {

// As written, and in plain letters for the e-mail address.
struct Name {
  std::string_view written;
  std::string_view plain;
};

constexpr auto first_names = std::to_array<Name>({
    {"Alice", "alice"},     {"Adrien", "adrien"},   {"Amandine", "amandine"},
    {"Antoine", "antoine"}, {"Aya", "aya"},         {"Bastien", "bastien"},
    {"Camille", "camille"}, {"Céline", "celine"},   {"Chloé", "chloe"},
    {"Clément", "clement"}, {"David", "david"},     {"Élodie", "elodie"},
    {"Emma", "emma"},       {"Éric", "eric"},       {"Fatima", "fatima"},
    {"Florian", "florian"}, {"Gabriel", "gabriel"}, {"Hélène", "helene"},
    {"Hugo", "hugo"},       {"Inès", "ines"},       {"Jade", "jade"},
    {"Jérôme", "jerome"},   {"Julie", "julie"},     {"Karim", "karim"},
    {"Laura", "laura"},     {"Léo", "leo"},         {"Louis", "louis"},
    {"Lucie", "lucie"},     {"Manon", "manon"},     {"Marc", "marc"},
    {"Mehdi", "mehdi"},     {"Mia", "mia"},         {"Nathan", "nathan"},
    {"Nina", "nina"},       {"Olivier", "olivier"}, {"Paul", "paul"},
    {"Quentin", "quentin"}, {"Rose", "rose"},       {"Samuel", "samuel"},
    {"Sarah", "sarah"},     {"Sofia", "sofia"},     {"Théo", "theo"},
    {"Tom", "tom"},         {"Valérie", "valerie"}, {"Victor", "victor"},
    {"Yann", "yann"},       {"Yasmine", "yasmine"}, {"Zoé", "zoe"},
});

constexpr auto last_names = std::to_array<Name>({
    {"André", "andre"},       {"Aubert", "aubert"},       {"Barbier", "barbier"},
    {"Benali", "benali"},     {"Bernard", "bernard"},     {"Bertrand", "bertrand"},
    {"Blanc", "blanc"},       {"Bonnet", "bonnet"},       {"Boyer", "boyer"},
    {"Brun", "brun"},         {"Chevalier", "chevalier"}, {"Clerc", "clerc"},
    {"Colin", "colin"},       {"Costa", "costa"},         {"David", "david"},
    {"Diallo", "diallo"},     {"Dubois", "dubois"},       {"Dupont", "dupont"},
    {"Durand", "durand"},     {"Fabre", "fabre"},         {"Faure", "faure"},
    {"Fontaine", "fontaine"}, {"Fournier", "fournier"},   {"Garcia", "garcia"},
    {"Garnier", "garnier"},   {"Gauthier", "gauthier"},   {"Girard", "girard"},
    {"Guérin", "guerin"},     {"Haddad", "haddad"},       {"Henry", "henry"},
    {"Lambert", "lambert"},   {"Laurent", "laurent"},     {"Leclerc", "leclerc"},
    {"Lefèvre", "lefevre"},   {"Legrand", "legrand"},     {"Lemoine", "lemoine"},
    {"Leroy", "leroy"},       {"Marchand", "marchand"},   {"Martin", "martin"},
    {"Mercier", "mercier"},   {"Meyer", "meyer"},         {"Moreau", "moreau"},
    {"Morel", "morel"},       {"Müller", "muller"},       {"Nguyen", "nguyen"},
    {"Noël", "noel"},         {"Petit", "petit"},         {"Picard", "picard"},
    {"Renard", "renard"},     {"Renaud", "renaud"},       {"Riviere", "riviere"},
    {"Robin", "robin"},       {"Rousseau", "rousseau"},   {"Roux", "roux"},
    {"Schmitt", "schmitt"},   {"Silva", "silva"},         {"Simon", "simon"},
    {"Traoré", "traore"},     {"Vidal", "vidal"},         {"Weber", "weber"},
});

}  // namespace

Person invent_person(std::uint32_t first_word, std::uint32_t last_word) {
  const Name& first = first_names[below(first_names.size(), first_word)];
  const Name& last = last_names[below(last_names.size(), last_word)];
  return {first.written, last.written, fmt::format("{}.{}.", first.plain, last.plain)};
}

}  // namespace retailsim::simulate
