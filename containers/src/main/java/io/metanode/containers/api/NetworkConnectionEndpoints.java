package io.metanode.containers.api;

import io.metanode.containers.config.Shapes;
import io.metanode.containers.engine.Engine;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.HttpExchange;
import io.metanode.containers.http.Router;
import io.metanode.containers.network.HostNetworks;
import io.metanode.containers.network.Networks.Network;
import java.io.IOException;
import tools.jackson.databind.node.ObjectNode;

/** {@code /networks/{id}/connect} and {@code /networks/{id}/disconnect}. */
public final class NetworkConnectionEndpoints {

  private final HostNetworks networks;
  private final Engine engine;

  public NetworkConnectionEndpoints(HostNetworks networks, Engine engine) {
    this.networks = networks;
    this.engine = engine;
  }

  public void register(Router routes) {
    routes.route("POST", "/networks/{id}/connect", this::connect);
    routes.route("POST", "/networks/{id}/disconnect", this::disconnect);
  }

  private void connect(HttpExchange exchange) throws ApiException, IOException {
    ObjectNode body = Shapes.CONNECT.read(exchange.json());
    Network network = networks.resolve(exchange.parameter("id"));
    engine.connect(
        exchange.actor(),
        engine.containers().resolve(body.path("Container").asString("")),
        network,
        body.path("EndpointConfig"));
    exchange.send(200);
  }

  private void disconnect(HttpExchange exchange) throws ApiException, IOException {
    ObjectNode body = Shapes.DISCONNECT.read(exchange.json());
    engine.disconnect(
        exchange.actor(),
        engine.containers().resolve(body.path("Container").asString("")),
        exchange.parameter("id"));
    exchange.send(200);
  }
}
