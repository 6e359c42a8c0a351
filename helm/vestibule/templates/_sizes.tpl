{{/* Of a duration, as 500ms, 8s or 1m: its milliseconds. */}}
{{- define "vestibule.milliseconds" -}}
{{- $unit := regexReplaceAll "^[0-9]+" . "" -}}
{{- mul (regexFind "^[0-9]+" . | int64) (get (dict "ms" 1 "s" 1000 "m" 60000 "h" 3600000) $unit) -}}
{{- end -}}

{{/* Of a quantity, as 1Gi: its MiB, rounded down. */}}
{{- define "vestibule.mebibytes" -}}
{{- $units := dict "" 1.0 "k" 1e3 "M" 1e6 "G" 1e9 "T" 1e12 "Ki" 1024.0 "Mi" 1048576.0 "Gi" 1073741824.0 "Ti" 1099511627776.0 -}}
{{- $unit := regexReplaceAll "^[0-9.]+" . "" -}}
{{- divf (mulf (regexFind "^[0-9.]+" . | float64) (get $units $unit)) 1048576.0 | floor | int64 -}}
{{- end -}}

{{/* Of a quantity, as 1500m or 2: its thousandths of a processor. */}}
{{- define "vestibule.millicores" -}}
{{- $text := toString . -}}
{{- if hasSuffix "m" $text -}}
{{- trimSuffix "m" $text -}}
{{- else -}}
{{- mulf (float64 $text) 1000.0 | ceil | int64 -}}
{{- end -}}
{{- end -}}

{{/* The same in processors, rounded up. */}}
{{- define "vestibule.processors" -}}
{{- divf (include "vestibule.millicores" . | float64) 1000.0 | ceil | int64 -}}
{{- end -}}

{{/* MiB of the heap. */}}
{{- define "vestibule.heapMebibytes" -}}
{{- div (mul (include "vestibule.mebibytes" .Values.resources.limits.memory | int64) (int64 .Values.jvm.heapPercentage)) 100 -}}
{{- end -}}

{{/* MiB of the limit beside the heap: half of it for buffers, half for TLS, code, threads and the JVM itself. */}}
{{- define "vestibule.restMebibytes" -}}
{{- sub (include "vestibule.mebibytes" .Values.resources.limits.memory | int64) (include "vestibule.heapMebibytes" . | int64) -}}
{{- end -}}

{{/*
The longest drain in seconds: attempts end within unlock.deadline, doors leave within 15 s whatever their number, and
their records, the last spans and connections take up to 10 s more.
*/}}
{{- define "vestibule.drainSeconds" -}}
{{- $deadline := include "vestibule.milliseconds" (dig "unlock" "deadline" "8s" .Values.config) | float64 -}}
{{- add (divf $deadline 1000.0 | ceil | int64) 15 10 -}}
{{- end -}}

{{/* The least grace that lets a drain end. */}}
{{- define "vestibule.graceSecondsMin" -}}
{{- add (int64 .Values.termination.preStopSeconds) (include "vestibule.drainSeconds" . | int64) -}}
{{- end -}}

{{- define "vestibule.graceSeconds" -}}
{{- int64 .Values.termination.graceSeconds | default (add (include "vestibule.graceSecondsMin" . | int64) 10) -}}
{{- end -}}

{{/*
The JVM's options. The heap follows the memory limit, from the start, as it does not shrink again anyway, and so do the buffers
outside of it: past their share connections fail one by one, where the kernel would kill all at once. The collector is the one
that was measured. An event loop runs on each processor: on a large node without a limit that would be too many.
*/}}
{{- define "vestibule.javaOptions" -}}
{{- $percentage := printf "%d.0" (int .Values.jvm.heapPercentage) -}}
{{- $options := list (printf "-XX:InitialRAMPercentage=%s" $percentage) (printf "-XX:MaxRAMPercentage=%s" $percentage) "-XX:+UseParallelGC" "-XX:+ExitOnOutOfMemoryError" -}}
{{- $options = append $options (printf "-XX:MaxDirectMemorySize=%dm" (div (include "vestibule.restMebibytes" . | int64) 2)) -}}
{{- if .Values.trustStore.existingConfigMap -}}
{{- $options = append $options "-Djavax.net.ssl.trustStore=/etc/vestibule/trust/store" -}}
{{- end -}}
{{- if not .Values.resources.limits.cpu -}}
{{- $options = append $options (printf "-XX:ActiveProcessorCount=%d" (max 2 (include "vestibule.processors" .Values.resources.requests.cpu | int64))) -}}
{{- end -}}
{{- concat $options .Values.jvm.options | join " " -}}
{{- end -}}
