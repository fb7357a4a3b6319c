package io.metanode.economy.machine;

import io.metanode.economy.billing.PriceBookJson;
import io.metanode.economy.billing.PriceList;
import io.metanode.economy.poe.Component;
import io.metanode.economy.poe.Usage;
import io.metanode.foundation.Bytes32;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Facts as the API shows them: amounts in minor units, times in milliseconds. */
final class FactJson {

  private FactJson() {}

  static Map<String, Object> of(Fact fact) {
    return switch (fact) {
      case Provider f -> map("provider", f.owner(), "admitted", f.admitted(), "since", f.since());
      case WindowClaim f ->
          map(
              "provider", f.provider(),
              "window", f.window(),
              "usage", usage(f.usage()),
              "logBlocks", f.logBlocks(),
              "reward", f.reward().units());
      case Rules f -> new LinkedHashMap<>(RuleNumbers.of(f));
      case Proposal f -> proposal(f);
      case PriceState f ->
          map(
              "disagree", f.disagree(),
              "posted",
                  f.posted().stream()
                      .map(rate -> map("price", rate.price().units(), "time", rate.time()))
                      .toList(),
              "quotes",
                  f.quotes().stream()
                      .map(
                          q ->
                              map(
                                  "source", q.source(),
                                  "price", q.price().units(),
                                  "time", q.time()))
                      .toList());
      case Sources f -> sources(f);
      case NotarySet f -> notaries(f);
      case Reserve f ->
          map(
              "reserve", f.attestation().reserve().units(),
              "asOf", f.attestation().asOf(),
              "expires", f.attestation().expires(),
              "report", f.attestation().report());
      case PriceBookFact f -> {
        Map<String, Object> json =
            map("lists", f.book().lists().stream().map(FactJson::prices).toList());
        json.put("digest", PriceBookJson.digest(f.book()).toString());
        yield json;
      }
      case EpochMark f -> map("began", f.begin());
      case LogCursor f -> map("next", f.next());
      case Owner f -> map("account", f.account(), "owner", f.owner());
      case Ballot f -> map("approve", f.approve(), "weight", f.weight().units());
    };
  }

  private static Map<String, Object> proposal(Proposal proposal) {
    return map(
        "proposal", proposal.id(),
        "proposer", proposal.proposer(),
        "change", change(proposal.change()),
        "phase", proposal.phase().name(),
        "closes", proposal.closes(),
        "yes", proposal.yes().units(),
        "no", proposal.no().units(),
        "enacts", proposal.enacts());
  }

  private static Map<String, Object> change(Change change) {
    return switch (change) {
      case Change.SetRules c -> named("rules", new LinkedHashMap<>(RuleNumbers.of(c.rules())));
      case Change.AddPrices c -> named("prices", prices(c.list()));
      case Change.SetNotaries c -> named("notaries", notaries(c.notaries()));
      case Change.SetSources c -> named("sources", sources(c.sources()));
      case Change.SetProvider c -> map("provider", c.owner(), "admitted", c.admitted());
      case Change.SetBank c -> map("bank", c.owner(), "admitted", c.admitted());
      case Change.Grant c ->
          map(
              "grant", c.purse(),
              "token", c.token(),
              "account", c.account(),
              "amount", c.amount().units());
    };
  }

  private static Map<String, Object> named(String name, Map<String, Object> json) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put(name, json);
    return one;
  }

  private static Map<String, Object> notaries(NotarySet set) {
    return map("threshold", set.threshold(), "keys", keys(set.keys()));
  }

  private static Map<String, Object> sources(Sources sources) {
    return map(
        "leastSources", sources.rules().leastSources(),
        "staleMillis", sources.rules().staleMillis(),
        "spread", sources.rules().spread(),
        "dailyMove", sources.rules().dailyMove(),
        "keys", keys(sources.keys()));
  }

  private static Map<String, Object> prices(PriceList list) {
    Map<String, Object> json = map("version", list.version(), "from", list.from());
    for (Component component : Component.values()) {
      json.put(name(component), list.price(component).units());
    }
    return json;
  }

  private static Map<String, Object> usage(Usage usage) {
    Map<String, Object> json = new LinkedHashMap<>();
    for (Component component : Component.values()) {
      json.put(name(component), usage.of(component));
    }
    return json;
  }

  private static String name(Component component) {
    return component.name().toLowerCase(Locale.ROOT);
  }

  private static List<String> keys(List<Bytes32> keys) {
    return keys.stream().map(Bytes32::toString).toList();
  }

  /** Names and values in turn; what is no number, text, list or map is shown as it prints. */
  private static Map<String, Object> map(Object... namesAndValues) {
    Map<String, Object> json = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      Object value = namesAndValues[i + 1];
      boolean plain =
          value instanceof Number
              || value instanceof Boolean
              || value instanceof List
              || value instanceof Map;
      json.put((String) namesAndValues[i], plain ? value : value.toString());
    }
    return json;
  }
}
