{{/* What makes no sense of sizes, replicas, Services, networks, images and names; see _checks.tpl. */}}
{{- define "vestibule.faults.memory" -}}
{{- $faults := list -}}
{{- $resources := .Values.resources -}}
{{- $heap := include "vestibule.heapMebibytes" . | int64 -}}
{{- $cache := dig "cache" "mebibytes-max" 128 .Values.config | int64 -}}
{{- $rest := include "vestibule.restMebibytes" . | int64 -}}
{{- range $path, $one := dict "resources" $resources "redis.trial.resources" .Values.redis.trial.resources -}}
  {{- if gt (include "vestibule.mebibytes" $one.requests.memory | int64) (include "vestibule.mebibytes" $one.limits.memory | int64) -}}
    {{- $faults = append $faults (printf "%s.requests.memory is %s, more than %s.limits.memory of %s: raise the limit." $path $one.requests.memory $path $one.limits.memory) -}}
  {{- end -}}
  {{- if and $one.limits.cpu (gt (include "vestibule.millicores" $one.requests.cpu | int64) (include "vestibule.millicores" $one.limits.cpu | int64)) -}}
    {{- $faults = append $faults (printf "%s.requests.cpu is %s, more than %s.limits.cpu of %s: raise the limit, or empty it." $path (toString $one.requests.cpu) $path (toString $one.limits.cpu)) -}}
  {{- end -}}
{{- end -}}
{{- $trial := include "vestibule.mebibytes" .Values.redis.trial.resources.limits.memory | int64 -}}
{{- if lt $trial 64 -}}
  {{- $faults = append $faults (printf "redis.trial.resources.limits.memory is %s, in which Redis has no room for anything: set 64Mi or more." .Values.redis.trial.resources.limits.memory) -}}
{{- end -}}
{{- if lt $rest 200 -}}
  {{- $faults = append $faults (printf "resources.limits.memory of %s leaves %d MiB beside the heap that jvm.heapPercentage takes, and the JVM, TLS and buffers need 200: raise the limit, or lower the percentage." $resources.limits.memory $rest) -}}
{{- end -}}
{{- if gt (mul 2 $cache) $heap -}}
  {{- $faults = append $faults (printf "config.cache.mebibytes-max is %d, more than half of the heap of %d MiB that resources.limits.memory and jvm.heapPercentage give: raise the limit, or lower the cache." $cache $heap) -}}
{{- end -}}
{{- range .Values.jvm.options -}}
  {{- if regexMatch "^-(Xm[sx]|XX:(MaxRAM|(Initial|Max|Min)(RAMPercentage|HeapSize))=)" . -}}
    {{- $faults = append $faults (printf "jvm.options has %s, with which the heap no longer follows the memory limit: set jvm.heapPercentage instead." .) -}}
  {{- end -}}
  {{- if and (regexMatch "^-XX:\\+Use[A-Za-z0-9]+GC$" .) (ne . "-XX:+UseParallelGC") (not (has "-XX:-UseParallelGC" $.Values.jvm.options)) -}}
    {{- $faults = append $faults (printf "jvm.options has %s, a second collector beside the parallel one, with which no JVM starts: put -XX:-UseParallelGC before it." .) -}}
  {{- end -}}
{{- end -}}
{{- toYaml $faults -}}
{{- end -}}

{{- define "vestibule.faults.replicas" -}}
{{- $faults := list -}}
{{- $scaling := .Values.autoscaling -}}
{{- $fewest := int .Values.replicas -}}
{{- $fewestName := "replicas" -}}
{{- if $scaling.enabled -}}
  {{- $fewest = int $scaling.minReplicas -}}
  {{- $fewestName = "autoscaling.minReplicas" -}}
  {{- if gt (int $scaling.minReplicas) (int $scaling.maxReplicas) -}}
    {{- $faults = append $faults (printf "autoscaling.minReplicas is %d, more than autoscaling.maxReplicas of %d: raise the one or lower the other." (int $scaling.minReplicas) (int $scaling.maxReplicas)) -}}
  {{- end -}}
  {{- if not (or $scaling.cpuUtilization $scaling.doorsPerGateway $scaling.inFlightPerGateway) -}}
    {{- $faults = append $faults "autoscaling.enabled has nothing to go by: set autoscaling.cpuUtilization, autoscaling.doorsPerGateway or autoscaling.inFlightPerGateway." -}}
  {{- end -}}
{{- end -}}
{{- $budget := .Values.podDisruptionBudget -}}
{{- $least := toString $budget.minAvailable -}}
{{- $away := toString $budget.maxUnavailable -}}
{{- if $budget.enabled -}}
  {{- if and $least $away -}}
    {{- $faults = append $faults "podDisruptionBudget.minAvailable and podDisruptionBudget.maxUnavailable exclude each other: empty one." -}}
  {{- end -}}
  {{- $there := int (trimSuffix "%" $least) -}}
  {{- if hasSuffix "%" $least -}}
    {{- /* Rounded up, as Kubernetes does. */ -}}
    {{- $there = div (add (mul $there $fewest) 99) 100 | int -}}
  {{- end -}}
  {{- if and $least (ge $there $fewest) -}}
    {{- $faults = append $faults (printf "podDisruptionBudget.minAvailable is %s and %s is %d, so that no node could be drained: lower it, or run more gateways." $least $fewestName $fewest) -}}
  {{- end -}}
  {{- if has $away (list "0" "0%") -}}
    {{- $faults = append $faults (printf "podDisruptionBudget.maxUnavailable is %s, so that no node could be drained: set 1." $away) -}}
  {{- end -}}
{{- end -}}
{{- range $label, $value := include "vestibule.selector" (list . "gateway") | fromYaml -}}
  {{- if hasKey $.Values.podLabels $label -}}
    {{- $faults = append $faults (printf "podLabels has %s, which is the chart's own and finds the pods: remove it." $label) -}}
  {{- end -}}
{{- end -}}
{{- $rollout := .Values.rollout -}}
{{- if and (has (toString $rollout.maxSurge) (list "0" "0%")) (has (toString $rollout.maxUnavailable) (list "0" "0%")) -}}
  {{- $faults = append $faults "rollout.maxSurge and rollout.maxUnavailable are both 0, so that no gateway could be replaced: set rollout.maxSurge to 1." -}}
{{- end -}}
{{- $gone := int (trimSuffix "%" (toString $rollout.maxUnavailable)) -}}
{{- if hasSuffix "%" (toString $rollout.maxUnavailable) -}}
  {{- $gone = div (mul $gone $fewest) 100 | int -}}
{{- end -}}
{{- if and (gt $fewest 1) (ge $gone $fewest) -}}
  {{- $faults = append $faults (printf "rollout.maxUnavailable is %s and %s is %d, so that an upgrade would end all gateways at once: lower it." (toString $rollout.maxUnavailable) $fewestName $fewest) -}}
{{- end -}}
{{- toYaml $faults -}}
{{- end -}}

{{- define "vestibule.faults.services" -}}
{{- $faults := list -}}
{{- $service := .Values.service -}}
{{- $ports := include "vestibule.ports" . | fromYaml -}}
{{- if ne $service.mqttPlain.type "ClusterIP" -}}
  {{- $faults = append $faults (printf "service.mqttPlain.type is %s, which would carry the secrets of doors in the clear beyond the cluster: keep ClusterIP, and let doors outside use TLS." $service.mqttPlain.type) -}}
{{- end -}}
{{- if and (ne $service.http.type "ClusterIP") (not $ports.https) -}}
  {{- $faults = append $faults (printf "service.http.type is %s without TLS, so that bearer tokens would go in the clear: name a certificate in secrets.httpTls.existingSecret or set certManager.http.enabled, or keep ClusterIP behind an Ingress." $service.http.type) -}}
{{- end -}}
{{- if and $ports.https (eq (int $service.http.port) (int $service.http.tlsPort)) -}}
  {{- $faults = append $faults (printf "service.http.port and service.http.tlsPort are both %d: change one." (int $service.http.port)) -}}
{{- end -}}
{{- range $listener := list "mqtt" "http" -}}
  {{- $one := get $service $listener -}}
  {{- if and (ne $one.type "LoadBalancer") (or $one.loadBalancerClass $one.loadBalancerSourceRanges) -}}
    {{- $faults = append $faults (printf "service.%s.type is %s, where service.%s.loadBalancerClass and service.%s.loadBalancerSourceRanges have no effect: empty them, or set LoadBalancer." $listener $one.type $listener $listener) -}}
  {{- end -}}
{{- end -}}
{{- toYaml $faults -}}
{{- end -}}

{{- define "vestibule.faults.ingress" -}}
{{- $faults := list -}}
{{- $ingress := .Values.ingress -}}
{{- if $ingress.enabled -}}
  {{- if not $ingress.hosts -}}
    {{- $faults = append $faults "ingress.hosts is empty: list the names that apps and backends connect to." -}}
  {{- end -}}
  {{- if and (eq $ingress.backend "https") (not (include "vestibule.ports" . | fromYaml).https) -}}
    {{- $faults = append $faults "ingress.backend is https, but the API has no TLS of its own: set http, or name a certificate in secrets.httpTls.existingSecret." -}}
  {{- end -}}
  {{- if and (eq $ingress.backend "http") (ne .Values.service.http.type "ClusterIP") -}}
    {{- $faults = append $faults (printf "ingress.backend is http, a port that the Service does not have where service.http.type is %s: set https, or the type to ClusterIP." .Values.service.http.type) -}}
  {{- end -}}
{{- end -}}
{{- toYaml $faults -}}
{{- end -}}

{{- define "vestibule.faults.network" -}}
{{- $faults := list -}}
{{- $policy := .Values.networkPolicy -}}
{{- $ports := include "vestibule.ports" . | fromYaml -}}
{{- if $policy.enabled -}}
  {{- if and (not $policy.to.redis) (not .Values.redis.trial.enabled) -}}
    {{- $faults = append $faults "networkPolicy.to.redis is empty, so that no gateway would reach Redis: list its pods or addresses." -}}
  {{- end -}}
  {{- if and (not $policy.to.jwks) (dig "auth" "jwks" "" .Values.config) -}}
    {{- $faults = append $faults "networkPolicy.to.jwks is empty, so that no gateway would reach config.auth.jwks: list who serves it." -}}
  {{- end -}}
  {{- if and (not $policy.to.tracing) (dig "tracing" "endpoint" "" .Values.config) -}}
    {{- $faults = append $faults "networkPolicy.to.tracing is empty, so that no gateway would reach config.tracing.endpoint: list the collector." -}}
  {{- end -}}
  {{- if not $policy.from.mqtt -}}
    {{- $faults = append $faults "networkPolicy.from.mqtt is empty, so that no door would reach config.mqtt.tls.port: list who may." -}}
  {{- end -}}
  {{- if and .Values.ingress.enabled (not $policy.from.http) -}}
    {{- $faults = append $faults "networkPolicy.from.http is empty, so that the controller of ingress.enabled would not reach the API: list its namespace or its pods." -}}
  {{- end -}}
  {{- $addresses := false -}}
  {{- range $policy.from.http }}{{ if .ipBlock }}{{ $addresses = true }}{{ end }}{{ end -}}
  {{- if and (ne .Values.service.http.type "ClusterIP") (not $addresses) -}}
    {{- $faults = append $faults (printf "networkPolicy.from.http has no ipBlock, so that nobody outside of the cluster would reach the API where service.http.type is %s: list the networks of apps and backends." .Values.service.http.type) -}}
  {{- end -}}
  {{- $redis := include "vestibule.redisUrls" . | fromYamlArray -}}
  {{- if not (or $policy.redisPorts $redis) -}}
    {{- $faults = append $faults "networkPolicy.redisPorts is empty, and so is config.redis.endpoints, so that every port of networkPolicy.to.redis would be open: list those of the URLs in secrets.redis.existingSecret." -}}
  {{- end -}}
  {{- $urls := concat $redis (list (dig "auth" "jwks" "" .Values.config) (dig "tracing" "endpoint" "" .Values.config)) -}}
  {{- range $url := compact $urls -}}
    {{- if and (not $policy.to.dns) (not (regexMatch "://(\\[|[0-9.]+(:[0-9]+)?([/?]|$))" $url)) -}}
      {{- $faults = append $faults (printf "networkPolicy.to.dns is empty, so that no gateway would find the address of %s: list the name servers." $url) -}}
    {{- end -}}
  {{- end -}}
  {{- if and $ports.mqtt (not $policy.from.mqttPlain) -}}
    {{- $faults = append $faults "networkPolicy.from.mqttPlain is empty, so that no door would reach config.mqtt.plain.port: list who may, or set the port to off." -}}
  {{- end -}}
  {{- if and .Values.monitoring.serviceMonitor.enabled (not $policy.from.management) -}}
    {{- $faults = append $faults "networkPolicy.from.management is empty, so that Prometheus would not reach the metrics: list its namespace or its pods." -}}
  {{- end -}}
{{- end -}}
{{- toYaml $faults -}}
{{- end -}}

{{- define "vestibule.faults.images" -}}
{{- $faults := list -}}
{{- range $path, $image := dict "image" .Values.image "redis.trial.image" .Values.redis.trial.image "connectionTest.image" .Values.connectionTest.image -}}
  {{- if and $image.tag (not (regexMatch "[0-9]" $image.tag)) (not $image.digest) -}}
    {{- $faults = append $faults (printf "%s.tag is %s, which moves, so that gateways of one release would differ: name a version, or a digest in %s.digest." $path $image.tag $path) -}}
  {{- end -}}
  {{- if not (or $image.tag $image.digest (eq $path "image")) -}}
    {{- $faults = append $faults (printf "%s.tag is empty: name a version, or a digest in %s.digest." $path $path) -}}
  {{- end -}}
  {{- if regexMatch ":[^/]*$" $image.repository -}}
    {{- $faults = append $faults (printf "%s.repository is %s, which has a tag: set it in %s.tag." $path $image.repository $path) -}}
  {{- end -}}
{{- end -}}
{{- toYaml $faults -}}
{{- end -}}

{{- define "vestibule.faults.names" -}}
{{- $faults := list -}}
{{- $name := include "vestibule.name" . -}}
{{- if not (regexMatch "^[a-z]([-a-z0-9]*[a-z0-9])?$" $name) -}}
  {{- $faults = append $faults (printf "The release would be called %s, and Services take a letter first, then letters, digits and dashes: set fullnameOverride." $name) -}}
{{- end -}}
{{- range .Values.extraEnv -}}
  {{- if or (hasPrefix "VESTIBULE_" .name) (has .name (list "JDK_JAVA_OPTIONS" "JAVA_TOOL_OPTIONS" "_JAVA_OPTIONS")) -}}
    {{- $faults = append $faults (printf "extraEnv has %s, which goes past what this chart checks and computes: set the value under config or jvm." .name) -}}
  {{- end -}}
{{- end -}}
{{- toYaml $faults -}}
{{- end -}}
