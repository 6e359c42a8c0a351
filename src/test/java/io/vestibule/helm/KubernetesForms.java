package io.vestibule.helm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.fabric8.certmanager.api.model.v1.Certificate;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a kind of object may have in it, by the models that are made from Kubernetes' own. */
final class KubernetesForms {
  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      Stream.<Class<? extends HasMetadata>>of(
              Certificate.class,
              ConfigMap.class,
              Deployment.class,
              HorizontalPodAutoscaler.class,
              Ingress.class,
              NetworkPolicy.class,
              Pod.class,
              PodDisruptionBudget.class,
              PrometheusRule.class,
              Service.class,
              ServiceAccount.class,
              ServiceMonitor.class,
              StatefulSet.class)
          .collect(
              Collectors.toMap(
                  kind -> HasMetadata.getApiVersion(kind) + " " + HasMetadata.getKind(kind),
                  Function.identity()));

  private static final ObjectMapper STRICT = strict();

  private KubernetesForms() {}

  /** Empty where an object is what its kind says; else what is not, with its path. */
  static List<String> faults(JsonNode object) {
    String kind = object.path("apiVersion").asText() + " " + object.path("kind").asText();
    Class<? extends HasMetadata> form = KINDS.get(kind);
    if (form == null) {
      return List.of(kind + " is not known");
    }
    try {
      List<String> unknown = new ArrayList<>();
      collect(kind + " " + Rendered.name(object), STRICT.treeToValue(object, form), unknown);
      return unknown;
    } catch (JsonProcessingException e) {
      return List.of(kind + ": " + e.getOriginalMessage());
    }
  }

  /** What no field of the model took lies in {@code additionalProperties}. */
  private static void collect(String path, Object value, List<String> unknown) {
    if (value instanceof Collection<?> list) {
      list.forEach(item -> collect(path + "[]", item, unknown));
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((key, item) -> collect(path + "." + key, item, unknown));
    } else if (value != null && value.getClass().getName().startsWith("io.fabric8.")) {
      for (Field field : value.getClass().getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          field(path, field, read(field, value), unknown);
        }
      }
    }
  }

  private static void field(String path, Field field, Object value, List<String> unknown) {
    if (!field.getName().equals("additionalProperties")) {
      collect(path + "." + field.getName(), value, unknown);
    } else if (value instanceof Map<?, ?> fields) {
      fields.keySet().forEach(name -> unknown.add(path + "." + name + " is not known"));
    }
  }

  private static Object read(Field field, Object owner) {
    try {
      field.setAccessible(true);
      return field.get(owner);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  /** A number or a truth is no text, nor the other way round. */
  private static ObjectMapper strict() {
    ObjectMapper mapper =
        JsonMapper.builder().disable(MapperFeature.ALLOW_COERCION_OF_SCALARS).build();
    for (CoercionInputShape shape :
        List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)) {
      mapper.coercionConfigFor(LogicalType.Textual).setCoercion(shape, CoercionAction.Fail);
    }
    return mapper;
  }
}
